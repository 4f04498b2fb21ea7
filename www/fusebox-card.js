// Fusebox card 1.0.0 bdcf7edfcfe8ffa8: made from card/ by `make card`. Apache-2.0; with Lit, BSD-3-Clause, Google LLC.
var ye=globalThis,be=ye.ShadowRoot&&(ye.ShadyCSS===void 0||ye.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,Ke=Symbol(),Ot=new WeakMap,re=class{constructor(e,n,s){if(this._$cssResult$=!0,s!==Ke)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=n}get styleSheet(){let e=this.o,n=this.t;if(be&&e===void 0){let s=n!==void 0&&n.length===1;s&&(e=Ot.get(n)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),s&&Ot.set(n,e))}return e}toString(){return this.cssText}},Et=t=>new re(typeof t=="string"?t:t+"",void 0,Ke),g=(t,...e)=>{let n=t.length===1?t[0]:e.reduce((s,r,o)=>s+(a=>{if(a._$cssResult$===!0)return a.cssText;if(typeof a=="number")return a;throw Error("Value passed to 'css' function must be a 'css' function result: "+a+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(r)+t[o+1],t[0]);return new re(n,t,Ke)},Mt=(t,e)=>{if(be)t.adoptedStyleSheets=e.map(n=>n instanceof CSSStyleSheet?n:n.styleSheet);else for(let n of e){let s=document.createElement("style"),r=ye.litNonce;r!==void 0&&s.setAttribute("nonce",r),s.textContent=n.cssText,t.appendChild(s)}},Ge=be?t=>t:t=>t instanceof CSSStyleSheet?(e=>{let n="";for(let s of e.cssRules)n+=s.cssText;return Et(n)})(t):t;var{is:ms,defineProperty:hs,getOwnPropertyDescriptor:fs,getOwnPropertyNames:gs,getOwnPropertySymbols:ys,getPrototypeOf:bs}=Object,_e=globalThis,Rt=_e.trustedTypes,_s=Rt?Rt.emptyScript:"",vs=_e.reactiveElementPolyfillSupport,oe=(t,e)=>t,Ve={toAttribute(t,e){switch(e){case Boolean:t=t?_s:null;break;case Object:case Array:t=t==null?t:JSON.stringify(t)}return t},fromAttribute(t,e){let n=t;switch(e){case Boolean:n=t!==null;break;case Number:n=t===null?null:Number(t);break;case Object:case Array:try{n=JSON.parse(t)}catch{n=null}}return n}},Ct=(t,e)=>!ms(t,e),Tt={attribute:!0,type:String,converter:Ve,reflect:!1,useDefault:!1,hasChanged:Ct};Symbol.metadata??=Symbol("metadata"),_e.litPropertyMetadata??=new WeakMap;var L=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,n=Tt){if(n.state&&(n.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((n=Object.create(n)).wrapped=!0),this.elementProperties.set(e,n),!n.noAccessor){let s=Symbol(),r=this.getPropertyDescriptor(e,s,n);r!==void 0&&hs(this.prototype,e,r)}}static getPropertyDescriptor(e,n,s){let{get:r,set:o}=fs(this.prototype,e)??{get(){return this[n]},set(a){this[n]=a}};return{get:r,set(a){let i=r?.call(this);o?.call(this,a),this.requestUpdate(e,i,s)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??Tt}static _$Ei(){if(this.hasOwnProperty(oe("elementProperties")))return;let e=bs(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(oe("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(oe("properties"))){let n=this.properties,s=[...gs(n),...ys(n)];for(let r of s)this.createProperty(r,n[r])}let e=this[Symbol.metadata];if(e!==null){let n=litPropertyMetadata.get(e);if(n!==void 0)for(let[s,r]of n)this.elementProperties.set(s,r)}this._$Eh=new Map;for(let[n,s]of this.elementProperties){let r=this._$Eu(n,s);r!==void 0&&this._$Eh.set(r,n)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let n=[];if(Array.isArray(e)){let s=new Set(e.flat(1/0).reverse());for(let r of s)n.unshift(Ge(r))}else e!==void 0&&n.push(Ge(e));return n}static _$Eu(e,n){let s=n.attribute;return s===!1?void 0:typeof s=="string"?s:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,n=this.constructor.elementProperties;for(let s of n.keys())this.hasOwnProperty(s)&&(e.set(s,this[s]),delete this[s]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return Mt(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,n,s){this._$AK(e,s)}_$ET(e,n){let s=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,s);if(r!==void 0&&s.reflect===!0){let o=(s.converter?.toAttribute!==void 0?s.converter:Ve).toAttribute(n,s.type);this._$Em=e,o==null?this.removeAttribute(r):this.setAttribute(r,o),this._$Em=null}}_$AK(e,n){let s=this.constructor,r=s._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let o=s.getPropertyOptions(r),a=typeof o.converter=="function"?{fromAttribute:o.converter}:o.converter?.fromAttribute!==void 0?o.converter:Ve;this._$Em=r;let i=a.fromAttribute(n,o.type);this[r]=i??this._$Ej?.get(r)??i,this._$Em=null}}requestUpdate(e,n,s,r=!1,o){if(e!==void 0){let a=this.constructor;if(r===!1&&(o=this[e]),s??=a.getPropertyOptions(e),!((s.hasChanged??Ct)(o,n)||s.useDefault&&s.reflect&&o===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,s))))return;this.C(e,n,s)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,n,{useDefault:s,reflect:r,wrapped:o},a){s&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,a??n??this[e]),o!==!0||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||s||(n=void 0),this._$AL.set(e,n)),r===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(n){Promise.reject(n)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[r,o]of this._$Ep)this[r]=o;this._$Ep=void 0}let s=this.constructor.elementProperties;if(s.size>0)for(let[r,o]of s){let{wrapped:a}=o,i=this[r];a!==!0||this._$AL.has(r)||i===void 0||this.C(r,void 0,o,i)}}let e=!1,n=this._$AL;try{e=this.shouldUpdate(n),e?(this.willUpdate(n),this._$EO?.forEach(s=>s.hostUpdate?.()),this.update(n)):this._$EM()}catch(s){throw e=!1,this._$EM(),s}e&&this._$AE(n)}willUpdate(e){}_$AE(e){this._$EO?.forEach(n=>n.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(n=>this._$ET(n,this[n])),this._$EM()}updated(e){}firstUpdated(e){}};L.elementStyles=[],L.shadowRootOptions={mode:"open"},L[oe("elementProperties")]=new Map,L[oe("finalized")]=new Map,vs?.({ReactiveElement:L}),(_e.reactiveElementVersions??=[]).push("2.1.2");var qe=globalThis,Ht=t=>t,ve=qe.trustedTypes,Lt=ve?ve.createPolicy("lit-html",{createHTML:t=>t}):void 0,Xe="$lit$",P=`lit$${Math.random().toFixed(9).slice(2)}$`,Ze="?"+P,xs=`<${Ze}>`,V=document,ie=()=>V.createComment(""),le=t=>t===null||typeof t!="object"&&typeof t!="function",Je=Array.isArray,Ft=t=>Je(t)||typeof t?.[Symbol.iterator]=="function",Ye=`[ 	
\f\r]`,ae=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,Pt=/-->/g,Nt=/>/g,K=RegExp(`>|${Ye}(?:([^\\s"'>=/]+)(${Ye}*=${Ye}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),It=/'/g,Wt=/"/g,zt=/^(?:script|style|textarea|title)$/i,Qe=t=>(e,...n)=>({_$litType$:t,strings:e,values:n}),u=Qe(1),I=Qe(2),Qr=Qe(3),A=Symbol.for("lit-noChange"),p=Symbol.for("lit-nothing"),Ut=new WeakMap,G=V.createTreeWalker(V,129);function Bt(t,e){if(!Je(t)||!t.hasOwnProperty("raw"))throw Error("invalid template strings array");return Lt!==void 0?Lt.createHTML(e):e}var Dt=(t,e)=>{let n=t.length-1,s=[],r,o=e===2?"<svg>":e===3?"<math>":"",a=ae;for(let i=0;i<n;i++){let l=t[i],d,m,c=-1,h=0;for(;h<l.length&&(a.lastIndex=h,m=a.exec(l),m!==null);)h=a.lastIndex,a===ae?m[1]==="!--"?a=Pt:m[1]!==void 0?a=Nt:m[2]!==void 0?(zt.test(m[2])&&(r=RegExp("</"+m[2],"g")),a=K):m[3]!==void 0&&(a=K):a===K?m[0]===">"?(a=r??ae,c=-1):m[1]===void 0?c=-2:(c=a.lastIndex-m[2].length,d=m[1],a=m[3]===void 0?K:m[3]==='"'?Wt:It):a===Wt||a===It?a=K:a===Pt||a===Nt?a=ae:(a=K,r=void 0);let v=a===K&&t[i+1].startsWith("/>")?" ":"";o+=a===ae?l+xs:c>=0?(s.push(d),l.slice(0,c)+Xe+l.slice(c)+P+v):l+P+(c===-2?i:v)}return[Bt(t,o+(t[n]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),s]},de=class t{constructor({strings:e,_$litType$:n},s){let r;this.parts=[];let o=0,a=0,i=e.length-1,l=this.parts,[d,m]=Dt(e,n);if(this.el=t.createElement(d,s),G.currentNode=this.el.content,n===2||n===3){let c=this.el.content.firstChild;c.replaceWith(...c.childNodes)}for(;(r=G.nextNode())!==null&&l.length<i;){if(r.nodeType===1){if(r.hasAttributes())for(let c of r.getAttributeNames())if(c.endsWith(Xe)){let h=m[a++],v=r.getAttribute(c).split(P),k=/([.?@])?(.*)/.exec(h);l.push({type:1,index:o,name:k[2],strings:v,ctor:k[1]==="."?we:k[1]==="?"?$e:k[1]==="@"?ke:q}),r.removeAttribute(c)}else c.startsWith(P)&&(l.push({type:6,index:o}),r.removeAttribute(c));if(zt.test(r.tagName)){let c=r.textContent.split(P),h=c.length-1;if(h>0){r.textContent=ve?ve.emptyScript:"";for(let v=0;v<h;v++)r.append(c[v],ie()),G.nextNode(),l.push({type:2,index:++o});r.append(c[h],ie())}}}else if(r.nodeType===8)if(r.data===Ze)l.push({type:2,index:o});else{let c=-1;for(;(c=r.data.indexOf(P,c+1))!==-1;)l.push({type:7,index:o}),c+=P.length-1}o++}}static createElement(e,n){let s=V.createElement("template");return s.innerHTML=e,s}};function Y(t,e,n=t,s){if(e===A)return e;let r=s!==void 0?n._$Co?.[s]:n._$Cl,o=le(e)?void 0:e._$litDirective$;return r?.constructor!==o&&(r?._$AO?.(!1),o===void 0?r=void 0:(r=new o(t),r._$AT(t,n,s)),s!==void 0?(n._$Co??=[])[s]=r:n._$Cl=r),r!==void 0&&(e=Y(t,r._$AS(t,e.values),r,s)),e}var xe=class{constructor(e,n){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=n}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:n},parts:s}=this._$AD,r=(e?.creationScope??V).importNode(n,!0);G.currentNode=r;let o=G.nextNode(),a=0,i=0,l=s[0];for(;l!==void 0;){if(a===l.index){let d;l.type===2?d=new ee(o,o.nextSibling,this,e):l.type===1?d=new l.ctor(o,l.name,l.strings,this,e):l.type===6&&(d=new Ae(o,this,e)),this._$AV.push(d),l=s[++i]}a!==l?.index&&(o=G.nextNode(),a++)}return G.currentNode=V,r}p(e){let n=0;for(let s of this._$AV)s!==void 0&&(s.strings!==void 0?(s._$AI(e,s,n),n+=s.strings.length-2):s._$AI(e[n])),n++}},ee=class t{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,n,s,r){this.type=2,this._$AH=p,this._$AN=void 0,this._$AA=e,this._$AB=n,this._$AM=s,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,n=this._$AM;return n!==void 0&&e?.nodeType===11&&(e=n.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,n=this){e=Y(this,e,n),le(e)?e===p||e==null||e===""?(this._$AH!==p&&this._$AR(),this._$AH=p):e!==this._$AH&&e!==A&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):Ft(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==p&&le(this._$AH)?this._$AA.nextSibling.data=e:this.T(V.createTextNode(e)),this._$AH=e}$(e){let{values:n,_$litType$:s}=e,r=typeof s=="number"?this._$AC(e):(s.el===void 0&&(s.el=de.createElement(Bt(s.h,s.h[0]),this.options)),s);if(this._$AH?._$AD===r)this._$AH.p(n);else{let o=new xe(r,this),a=o.u(this.options);o.p(n),this.T(a),this._$AH=o}}_$AC(e){let n=Ut.get(e.strings);return n===void 0&&Ut.set(e.strings,n=new de(e)),n}k(e){Je(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,s,r=0;for(let o of e)r===n.length?n.push(s=new t(this.O(ie()),this.O(ie()),this,this.options)):s=n[r],s._$AI(o),r++;r<n.length&&(this._$AR(s&&s._$AB.nextSibling,r),n.length=r)}_$AR(e=this._$AA.nextSibling,n){for(this._$AP?.(!1,!0,n);e!==this._$AB;){let s=Ht(e).nextSibling;Ht(e).remove(),e=s}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},q=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,n,s,r,o){this.type=1,this._$AH=p,this._$AN=void 0,this.element=e,this.name=n,this._$AM=r,this.options=o,s.length>2||s[0]!==""||s[1]!==""?(this._$AH=Array(s.length-1).fill(new String),this.strings=s):this._$AH=p}_$AI(e,n=this,s,r){let o=this.strings,a=!1;if(o===void 0)e=Y(this,e,n,0),a=!le(e)||e!==this._$AH&&e!==A,a&&(this._$AH=e);else{let i=e,l,d;for(e=o[0],l=0;l<o.length-1;l++)d=Y(this,i[s+l],n,l),d===A&&(d=this._$AH[l]),a||=!le(d)||d!==this._$AH[l],d===p?e=p:e!==p&&(e+=(d??"")+o[l+1]),this._$AH[l]=d}a&&!r&&this.j(e)}j(e){e===p?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}},we=class extends q{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===p?void 0:e}},$e=class extends q{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==p)}},ke=class extends q{constructor(e,n,s,r,o){super(e,n,s,r,o),this.type=5}_$AI(e,n=this){if((e=Y(this,e,n,0)??p)===A)return;let s=this._$AH,r=e===p&&s!==p||e.capture!==s.capture||e.once!==s.once||e.passive!==s.passive,o=e!==p&&(s===p||r);r&&this.element.removeEventListener(this.name,this,s),o&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},Ae=class{constructor(e,n,s){this.element=e,this.type=6,this._$AN=void 0,this._$AM=n,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(e){Y(this,e)}},jt={M:Xe,P,A:Ze,C:1,L:Dt,R:xe,D:Ft,V:Y,I:ee,H:q,N:$e,U:ke,B:we,F:Ae},ws=qe.litHtmlPolyfillSupport;ws?.(de,ee),(qe.litHtmlVersions??=[]).push("3.3.3");var Kt=(t,e,n)=>{let s=n?.renderBefore??e,r=s._$litPart$;if(r===void 0){let o=n?.renderBefore??null;s._$litPart$=r=new ee(e.insertBefore(ie(),o),o,void 0,n??{})}return r._$AI(t),r};var et=globalThis,_=class extends L{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let n=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Kt(n,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return A}};_._$litElement$=!0,_.finalized=!0,et.litElementHydrateSupport?.({LitElement:_});var $s=et.litElementPolyfillSupport;$s?.({LitElement:_});(et.litElementVersions??=[]).push("4.2.2");var Gt=new Map,ks=2500,As=2e4,tt=15e3;function Vt(t,e,n,s,r=tt){return Se(t,e,{wanted:n,stage:"sent",sentence:"",sinceMs:s,patienceMs:r})}function Yt(t,e,n,s,r){let o=t.get(e);return o?.sinceMs!==n||o.stage!=="sent"?t:Se(t,e,{...o,stage:s===null?"taken":"refused",sentence:s??"",sinceMs:r})}function qt(t,e,n){let s=t;for(let[r,o]of t){let a=n-o.sinceMs;if(o.stage==="taken"&&Os(e(r),o.wanted))s=Se(s,r,{...o,stage:"confirmed",sinceMs:n});else if(o.stage==="taken"&&a>o.patienceMs)s=Se(s,r,{...o,stage:"late",sinceMs:n});else if(Ss(o,a)){let i=new Map(s);i.delete(r),s=i}}return s}function W(t,e,n){let s=t.get(e);return s?.stage==="sent"||s?.stage==="taken"||s?.stage==="confirmed"?s.wanted:n}function U(t,e){let n=t.get(e)?.stage;return n==="sent"||n==="taken"}function Ss(t,e){return t.stage==="confirmed"?e>ks:(t.stage==="refused"||t.stage==="late")&&e>As}function Os(t,e){return typeof t=="number"&&typeof e=="number"?Math.abs(t-e)<.05:t===e}function Se(t,e,n){return new Map(t).set(e,n)}var Xt=["mode","boost","max","phases","plan"],Es=3e5;function Zt(t){return t==="phases"?Es:tt}function Ms(t,e){return t==="mode"?{service:"fusebox_set_mode",data:{mode:e}}:t==="boost"?{service:"fusebox_boost",data:{state:e}}:t==="max"?{service:"fusebox_set_max_current",data:{current_a:e}}:t==="phases"?{service:"fusebox_switch_phases",data:{phases:e}}:typeof e=="object"?{service:"fusebox_set_plan",data:{...e}}:{service:"fusebox_clear_plan",data:{}}}function x(t,e){return`${t.entity} ${e}`}function Jt(t,e,n){return e==="plan"?Rs(t,n):e==="mode"?t.mode:e==="boost"?t.boosted:e==="phases"?t.phasesUsed:t.currentA?.max??null}function Rs(t,e){return t.plan!==null&&t.plan.state!=="none"||typeof e!="object"?e:null}async function Qt(t,e,n,s){let{service:r,data:o}=Ms(n,s);try{return await t.callService("pyscript",r,{load:e.name,...o},void 0,!1),null}catch(a){return Ts(a)}}function Ts(t){let e=typeof t=="object"&&t!==null&&"message"in t?t.message:"";return String(e).replace(/^Validation error: /,"")}var Oe=class{constructor(e){this.host=e;this.asks=Gt;this.wanted=e=>{let{load:n,control:s,value:r}=e.detail;this.ask(n,s,r)};e.addController(this)}hostConnected(){this.host.addEventListener("fusebox-wanted",this.wanted)}hostDisconnected(){this.host.removeEventListener("fusebox-wanted",this.wanted)}settle(){this.asks.size>0&&this.become(qt(this.asks,e=>this.shown(e),Date.now()))}async ask(e,n,s){let{current:r}=this.host;if(r===void 0)return;let o=x(e,n),a=Date.now();this.become(Vt(this.asks,o,s,a,Zt(n)));let i=await Qt(r,e,n,s);this.become(Yt(this.asks,o,a,i,Date.now())),this.settle()}shown(e){let[n,s]=e.split(" "),r=this.host.house?.loads.find(a=>a.entity===n),o=this.asks.get(e)?.wanted;return r===void 0||o===void 0?null:Jt(r,s,o)}become(e){e!==this.asks&&(this.asks=e,this.host.requestUpdate())}};function Cs({connected:t,config:e}){return t===!1?"unreachable":(e?.state??"RUNNING")==="RUNNING"?"whole":"starting"}var Hs=3e4;function en(t,e,n){let s=Cs(t);return s==="starting"?{link:s,startingMs:n}:s==="whole"&&n-e.startingMs<Hs?{...e,link:"starting"}:{...e,link:s}}function f(t){return typeof t=="number"&&Number.isFinite(t)?t:null}function ue(t){return t===void 0||t.trim()===""?null:f(Number(t))}function y(t){return typeof t=="string"?t:""}function E(t){return Array.isArray(t)?t.filter(e=>typeof e=="string"):[]}function X(t){return typeof t=="object"&&t!==null&&!Array.isArray(t)?t:{}}function tn(t){return Array.isArray(t)?t.map(X):[]}function pe(t){return Object.fromEntries(Object.entries(X(t)).map(([e,n])=>[e,f(n)]))}function O(t){let e=0;for(let n of t)e+=n;return e}var nn=6e4,Ls=3*nn,Ps=60;function sn(t,e,n,s){if(t===void 0)return null;if(e==="unreachable"&&n!==null)return{minutes:nt(s-n),of:"all"};let r=Date.parse(t.last_updated??"");if(s-r>Ls)return{minutes:nt(s-r),of:"all"};let o=f(t.attributes.data_age_s)??0;return o>Ps?{minutes:nt(1e3*o),of:"meter"}:null}function rn(t,e){return t?.minutes===e?.minutes&&t?.of===e?.of?t:e}function nt(t){return Math.floor(Math.max(t,0)/nn)}var st=["#2870c0","#687800","#985888","#00965a","#a07008","#007888","#c08060","#587858","#b078d8","#7d6455"];function on(t){return st[t%st.length]??st[0]}var F="var(--fb-house)",z="var(--energy-solar-color, #ff9800)",Ee="var(--energy-grid-consumption-color, #488fc2)",te="var(--energy-grid-return-color, #8353d1)",B="var(--energy-battery-in-color, #f06292)",ne="var(--energy-battery-out-color, #4db6ac)";function Me(t){return`repeating-linear-gradient(-45deg, ${t} 0 3px, transparent 3px 6px)`}var H="sensor.fusebox_site",Ns=new Set(["unavailable","unknown"]);function Re(t){let e=t[H],n=e?.attributes??{},s=pe(n.grid_a);return{state:e===void 0||Ns.has(e.state)?"missing":e.state,reason:y(n.reason),version:y(n.version),more:[...E(n.errors).slice(1),...E(n.warnings)],phases:Object.keys(s).sort(),gridA:s,fuseA:f(n.fuse_a),voltageV:f(n.voltage_v)??230,circuits:Object.entries(X(n.circuits)).map(([r,o])=>Is(r,X(o))),solarW:f(n.solar_w),batteryPct:f(n.battery_soc_pct),batteryW:f(n.battery_charge_w),loads:E(n.loads)}}function Is(t,e){return{name:t,parent:y(e.parent),fuseA:f(e.fuse_a)??0,flowA:pe(e.flow_a)}}function an(t,e){return t.version!==""&&t.version!==e}function rt(t){return t.solarW!==null||t.batteryW!==null||t.batteryPct!==null}function ln(t,e){let n=t.phases.filter(i=>(t.gridA[i]??null)!==null);if(!rt(t)||n.length===0)return{};let s=((t.solarW??0)-(t.batteryW??0))/t.voltageV,r=n.map(i=>(e[i]??0)-(t.gridA[i]??0)),o=Ws(r,s),a=s<0?o:Math.max(o,0);return Object.fromEntries(n.map((i,l)=>[i,Math.max(r[l]??0,a)]))}function Ws(t,e){let n=[...t].sort((s,r)=>s-r);for(let s=n.length;s>0;s--){let r=(e-O(n.slice(s)))/s;if(r>=(n[s-1]??0))return r}return n[0]??0}function dn({solarW:t,batteryW:e}){return Math.max(-(e??0),0)>(t??0)?"battery":"sun"}function Te(t){let e=0;for(let n of t.phases){let s=t.gridA[n]??null;if(s===null)return null;e+=s*t.voltageV}return t.phases.length===0?null:e}var Us=50;function un(t){return t===null||Math.abs(t)<Us?"rests":t>0?"in":"out"}var Fs=1;function Ce(t,e){let n=Te(t);if(n===null)return null;let s=Math.max(t.solarW??0,0),r=t.batteryW??0,o=e.map(({entity:c,title:h,colour:v,drawW:k})=>Z(c,v,k??0,h)),a=Math.max(0,n+s-r-O(o.map(c=>c.watts))),i=o.filter(c=>c.watts<0).map(c=>({...c,watts:-c.watts})),l=pn([Z("sun",z,s),Z("battery",ne,-r),...i,Z("grid",Ee,n)]),d=pn([Z("house",F,a),...o,Z("battery",B,r),Z("export",te,-n)]),m=Math.max(O(l.map(c=>c.watts)),O(d.map(c=>c.watts)));return{from:l,to:d,totalW:m,houseW:a}}function Z(t,e,n,s=""){return{key:t,colour:e,watts:n,title:s}}function pn(t){return t.filter(e=>e.watts>Fs)}function cn(t,e,n,s){return{ready_by:t,[n]:e,...s.trim()===""?{}:{max_price:Number(s)}}}function He({state:t}){return t!=="none"&&t!=="done"}var Le="sensor.fusebox_prices";function mn(t){let e=y(t.plan_state);return e===""?null:{state:e,reason:y(t.plan_reason),cost:f(t.plan_cost),slots:bn(t.plan),asked:Bs(X(t.plan_asked))}}var zs=["energy_kwh","soc_target_pct","hours","max_price"];function Bs(t){let e=zs.flatMap(s=>f(t[s])===null?[]:[[s,f(t[s])]]),n=y(t.ready_by);return{...Object.fromEntries(e),.../^\d\d:\d\d$/.test(n)?{readyBy:n}:{}}}function hn(t){let e=[];for(let{startMs:n,endMs:s}of[...t].sort((r,o)=>r.startMs-o.startMs)){let r=e.at(-1);r!==void 0&&n<=r.endMs?r.endMs=Math.max(r.endMs,s):e.push({startMs:n,endMs:s})}return e}var D=36e5,Ds=14*D;function fn(t,e,n,s){let r=Math.min(Math.max(t,...n.map(a=>a.endMs)),t+e*D),o=s.flatMap(a=>a.plan?.slots.map(i=>i.endMs)??[]);return Math.max(r,Math.min(Math.max(t,...o),t+Ds))}function gn(t){return bn(t[Le]?.attributes.slots).filter(e=>e.price!==null)}function yn(t){return y(t[Le]?.attributes.unit_of_measurement)}function bn(t){return tn(t).map(e=>({startMs:Date.parse(y(e.start)),endMs:Date.parse(y(e.end)),price:f(e.price)})).filter(e=>e.endMs>e.startMs)}var js="sensor.fusebox_",Ks={plug:"mdi:power-socket-eu",tank:"mdi:water-boiler",sg_ready:"mdi:heat-pump",radiators:"mdi:radiator",quasar:"mdi:car-electric"};function Pe(t,e,n,s){let r=t.attributes,o=Vs(pe(r.draw_a)),a=t.entity_id.slice(js.length),i=s[`${t.entity_id}_energy`],l=ue(s[`${t.entity_id}_power`]?.state),d=Object.keys(o).length===0?null:O(Object.values(o))*e.voltageV;return{entity:t.entity_id,name:a,title:Gs(y(r.friendly_name),a),icon:Ks[y(r.type)]??"mdi:ev-station",colour:on(n),status:y(r.status)||"unavailable",mode:y(r.mode),modes:E(r.modes),boosted:typeof r.boosted=="boolean"?r.boosted:null,circuit:y(r.circuit)||"main",phases:E(r.phases),phasesUsed:E(r.phases_used).length||null,canSwitchPhases:f(r.phase_switches)!==null&&E(r.phases).length>1,drawA:o,drawW:d??l,share:ue(t.state),unit:y(r.unit_of_measurement),reason:y(r.reason),limitedBy:y(r.limited_by),currentA:Ys(f(r.min_a),f(r.max_a),f(r.highest_a)),sessionKwh:f(i?.attributes.session_kwh),sessionSolarPct:f(i?.attributes.session_solar_pct),plan:mn(r)}}function _n({phases:t,phasesUsed:e}){return e??t.length}function Gs(t,e){let s=(t.startsWith("Fusebox ")?t.slice(8):t||e).replaceAll("_"," ");return s.charAt(0).toUpperCase()+s.slice(1)}function Vs(t){return Object.fromEntries(Object.entries(t).filter(e=>e[1]!==null))}function Ys(t,e,n){return t===null||e===null?null:{min:t,max:Math.min(e,n??e),top:n??e}}function ot(t){return Object.values(t).filter(e=>e!==void 0&&qs(e)).map(Xs)}function qs(t){return t.entity_id.startsWith("pyscript.")&&Array.isArray(t.attributes.radiators)&&"live"in t.attributes}function Xs(t){let{live:e,requested:n,boost:s}=t.attributes;return{entity:t.entity_id,title:y(t.attributes.friendly_name).replace(/^Fusebox /,""),dots:E(t.attributes.radiators).map((r,o)=>({name:r,is:Ne(e,o)?"on":Ne(n,o)||Ne(s,o)?"waits":"warm",boosted:Ne(s,o)})),allowed:f(t.attributes.allowed),reason:y(t.attributes.reason)}}function Ne(t,e){return Array.isArray(t)&&t[e]===1}var at="sensor.fusebox_peak";function vn({projectedKw:t,targetKw:e,monthKw:n}){let s=Math.max(t??0,0),r=Math.min(s,e??s);return{withinKw:r,beyondKw:s-r,endKw:Math.max(s,(e??0)*1.25,(n??0)*1.1,1)}}function xn(t){let e=t[at];if(e===void 0||e.state==="unavailable")return null;let n=e.attributes;return{projectedKw:ue(e.state),targetKw:f(n.target_kw),monthKw:f(n.month_peak_kw),leftS:f(n.seconds_left)??0,windowMin:f(n.window_min)??15,allowedW:f(n.allowed_import_w),reason:y(n.reason)}}function kn(t,e){if(e!==null&&$n(wn(t,e.site),e.made))return e;let n=Re(t),s=new Map(e?.loads.map(i=>[i.entity,i])),r=new Map,o=[];n.loads.forEach((i,l)=>{let d=t[i];if(d===void 0)return;let m=[...An(t,i),l,n.voltageV],c=$n(m,e?.madeOf.get(i)??[])?s.get(i):void 0;o.push(c??Pe(d,n,l,t)),r.set(i,m)});let a=wn(t,n);return{site:n,loads:o,tariff:xn(t),groups:Zs(t),priceUnit:yn(t),made:a,madeOf:r}}function wn(t,e){let n=e.loads.flatMap(s=>An(t,s));return[...[H,at,Le,...Sn(t)].map(s=>t[s]),...n]}function An(t,e){return[t[e],t[`${e}_energy`],t[`${e}_power`]]}var it={count:-1,ids:[]};function Sn(t){let e=Object.keys(t).length;return e!==it.count&&(it={count:e,ids:ot(t).map(n=>n.entity)}),it.ids}function Zs(t){return ot(Object.fromEntries(Sn(t).map(e=>[e,t[e]])))}function $n(t,e){return t.length===e.length&&t.every((n,s)=>n===e[s])}var ce=.05;function On(t,e){return t.fuseA===null?[]:[{name:"main",parent:"",fuseA:t.fuseA,flowA:t.gridA},...t.circuits].map(s=>({name:s.name,fuseA:s.fuseA,bars:Object.keys(s.flowA).sort().map(r=>Qs(s,r,En(s,t,e),Js(s,r,t,e)))}))}function Js(t,e,n,s){return rt(n)?t.name==="main"?lt(n,s,e):Math.max(O(me(e,En(t,n,s)).map(r=>r.amps))-(t.flowA[e]??0),0):null}function lt(t,e,n){let s=Object.fromEntries(t.phases.map(r=>[r,O(me(r,e).map(o=>o.amps))]));return ln(t,s)[n]??null}function Qs(t,e,n,s){let r=t.flowA[e]??null,o=r!==null&&Math.abs(r)>t.fuseA,a=r===null?null:t.fuseA-r,i=r===null?[]:dt(r,me(e,n),s),l=Math.max(-(r??0),0),d=o?er(r,t.fuseA):null,m=r===null?0:Math.max(l,s??0);return{phase:e,flowA:r,fuseA:t.fuseA,freeA:a,over:o,beyondA:d,segments:i,ownA:m,exportA:l}}function er(t,e){return t>0?[e,t]:[t,-e]}function me(t,e){return e.map(({entity:n,title:s,colour:r,drawA:o})=>({key:n,title:s,colour:r,amps:o[t]??0}))}function dt(t,e,n){let s=Math.max(n??0,0),r={key:"battery",title:"",colour:B,amps:Math.max(-(n??0),0)},o=[...e,r],a=t+s-O(o.map(m=>m.amps)),i=[],l=0-s,d=(m,c,h,v)=>{let k=n!==null?l+v:Math.min(l+v,Math.max(t,0));k-l>ce&&i.push({key:m,title:c,colour:h,fromA:l,toA:k}),l=Math.max(k,l)};d("house","",F,Math.max(a,0));for(let{key:m,title:c,colour:h,amps:v}of o)d(m,c,h,Math.max(v,0));return i}function En(t,e,n){if(t.name==="main")return n;let s=new Set([t.name]);for(let r of e.circuits)s.has(r.parent)&&s.add(r.name);return n.filter(r=>s.has(r.circuit))}function Mn(t,e){let n=t[0]?.fuseA??0,s=t.flatMap(l=>l.bars.flatMap(d=>d.segments)),r=Math.min(0,...s.map(l=>l.fromA),...tr(t)),o=Math.max(n,...s.map(l=>l.toA)),a=-Math.ceil(-r/(n/4||1))*(n/4),i=Math.max(n*1.12,Math.min(o*1.04,n*2));return{leftA:Math.min(a,e?.leftA??0)||0,rightA:Math.max(i,e?.rightA??0)}}function tr(t){return t.flatMap(e=>e.bars.map(n=>n.flowA??0))}var Rn=g`
  :host {
    container-type: inline-size;
  }
  ha-card {
    display: block;
    padding: 16px;
    overflow: hidden;
  }
  .parts {
    display: grid;
    gap: 20px 28px;
    grid-template-columns: minmax(0, 1fr);
  }
  /* What is shown is old. */
  .unreachable > * > :not(fusebox-card-head),
  .old-all > * > :not(fusebox-card-head),
  .old-meter > .wire > :not(fusebox-card-head) {
    opacity: 0.45;
  }
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    align-content: start;
    min-width: 0;
  }
  fusebox-card-load + fusebox-card-load,
  fusebox-card-load + fusebox-card-radiators {
    border-top: 1px solid var(--fb-line);
    padding-top: 14px;
  }
  .loads {
    gap: 14px;
    border-top: 1px solid var(--fb-line);
    padding-top: 16px;
  }
  .today {
    border-top: 1px solid var(--fb-line);
    padding-top: 16px;
  }
  footer {
    margin-top: 16px;
    color: var(--fb-warn);
    font-size: 12.5px;
  }
  @container (min-width: 700px) {
    .parts {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      grid-template-rows: auto 1fr;
    }
    .loads {
      grid-row: span 2;
      border-top: none;
      padding-top: 0;
    }
  }
  @container (min-width: 1250px) {
    .parts {
      grid-template-columns: minmax(0, 5fr) minmax(0, 7fr);
    }
    .today {
      grid-column: 1 / -1;
    }
    .loads {
      grid-row: auto;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      gap: 14px 28px;
    }
    .loads > :nth-child(2) {
      border-top: none;
      padding-top: 0;
    }
  }
`;var Tn={name:"Fusebox",description:"Faser, forbrugere og i dag, med ét blik",state_ok:"Alt er vel",state_limited:"Forbrugere holdes tilbage",state_over:"For meget på en ledning",state_blind:"Måleren er tavs",state_fault:"En forbruger har en fejl",state_config_error:"CONFIG har en fejl",state_dry_run:"Prøvekørsel: intet styres",state_missing:"Fusebox kører ikke",state_starting:"Home Assistant starter",state_unreachable:"Ingen forbindelse til Home Assistant",status_charging:"lader",status_waiting:"venter",status_paused:"på pause",status_full:"fuld",status_unplugged:"ikke tilsluttet",status_on:"tændt",status_off:"slukket",status_blind:"blind",status_fault:"fejl",status_switching:"skifter faser",status_unavailable:"ikke tilgængelig",mode_standard:"Standard",mode_continuous:"Altid",mode_solar_priority:"Sol først",mode_solar_only:"Kun sol",mode_excess:"Overskud",mode_off:"Fra",mode_normal:"Normal",mode_boost:"Boost",sun:"Sol",battery:"Batteri",battery_in:"lader",battery_out:"aflader",grid:"Net",house:"Hus",export:"Eksport",free:"ledig",over:"for meget",of_fuse:"af {0}",may_have:"må få {0}",phase_count:"{0} faser",one_phase:"1 fase",mode:"Tilstand",boost:"Boost",at_most:"Højst",session:"denne ladning",confirmed:"Udført",pending:"Sendt …",late:"Enheden viser det ikke endnu",no_loads:"Ingen forbrugere endnu. Nævn dem i CONFIG, så vises de her.",versions:"Dette kort er version {0}, scripterne er {1}. Installér begge fra samme udgivelse, og genindlæs siden.",not_running:"sensor.fusebox_site findes ikke. Se i loggen for pyscript, eller kald pyscript.fusebox_setup.",today:"I dag",total:"I alt",no_history:"Intet er optaget endnu",old:"tal er {0} min gamle",target:"mål",fuse:"sikring",price:"pris",now:"nu",window:"Disse {0} minutter",window_left:"{0} min tilbage",month_peak:"Månedens top",radiators:"Radiatorer",rad_on:"tændt",rad_waits:"venter",rad_warm:"varm nok",event_limited:"holdt tilbage",event_shed:"stoppet",event_blind:"blind",event_recovered:"overstået",event_escalated:"se efter",phases:"Faser",ready_by:"Klar kl.",how_much:"Hvor meget",unit:"Enhed",set_plan:"Planlæg",clear_plan:"Ryd",plan_none:"ingen plan",plan_waiting:"planlagt",plan_running:"planen kører",plan_done:"planen er opfyldt",plan_late:"planen er forsinket",edit_title:"Titel",edit_hours:"Timer tilbage",edit_hide_today:"Uden billedet af i dag",edit_controls:"Betjening af forbrugere",controls_auto:"åben ved få forbrugere",controls_always:"altid åben",controls_tap:"åben ved tryk"};var Cn={name:"Fusebox",description:"Phasen, Verbraucher und heute, auf einen Blick",state_ok:"Alles in Ordnung",state_limited:"Verbraucher werden begrenzt",state_over:"Zu viel auf einer Leitung",state_blind:"Der Zähler schweigt",state_fault:"Ein Verbraucher ist gestört",state_config_error:"CONFIG hat einen Fehler",state_dry_run:"Probelauf: nichts wird geschaltet",state_missing:"Fusebox läuft nicht",state_starting:"Home Assistant startet",state_unreachable:"Keine Verbindung zu Home Assistant",status_charging:"lädt",status_waiting:"wartet",status_paused:"pausiert",status_full:"voll",status_unplugged:"nicht verbunden",status_on:"an",status_off:"aus",status_blind:"blind",status_fault:"gestört",status_switching:"wechselt die Phasen",status_unavailable:"nicht verfügbar",mode_standard:"Standard",mode_continuous:"Immer",mode_solar_priority:"Sonne zuerst",mode_solar_only:"Nur Sonne",mode_excess:"Überschuss",mode_off:"Aus",mode_normal:"Normal",mode_boost:"Boost",sun:"Sonne",battery:"Batterie",battery_in:"lädt",battery_out:"entlädt",grid:"Netz",house:"Haus",export:"Einspeisung",free:"frei",over:"zu viel",of_fuse:"von {0}",may_have:"darf {0}",phase_count:"{0} Phasen",one_phase:"1 Phase",mode:"Modus",boost:"Boost",at_most:"Höchstens",session:"diese Ladung",confirmed:"Erledigt",pending:"Gesendet …",late:"Das Gerät zeigt es noch nicht",no_loads:"Noch keine Verbraucher. In CONFIG genannt, erscheinen sie hier.",versions:"Diese Karte hat Version {0}, die Skripte {1}. Beide aus derselben Version installieren, dann die Seite neu laden.",not_running:"sensor.fusebox_site fehlt. Das Protokoll von pyscript hilft weiter, oder pyscript.fusebox_setup.",today:"Heute",total:"Gesamt",no_history:"Noch nichts aufgezeichnet",old:"Zahlen sind {0} min alt",target:"Ziel",fuse:"Sicherung",price:"Preis",now:"jetzt",window:"Diese {0} Minuten",window_left:"noch {0} min",month_peak:"Spitze des Monats",radiators:"Heizkörper",rad_on:"an",rad_waits:"wartet",rad_warm:"warm genug",event_limited:"begrenzt",event_shed:"angehalten",event_blind:"blind",event_recovered:"vorbei",event_escalated:"nachsehen",phases:"Phasen",ready_by:"Fertig um",how_much:"Wie viel",unit:"Einheit",set_plan:"Planen",clear_plan:"Löschen",plan_none:"kein Plan",plan_waiting:"geplant",plan_running:"Plan läuft",plan_done:"Plan erfüllt",plan_late:"Plan verspätet",edit_title:"Titel",edit_hours:"Stunden der Vergangenheit",edit_hide_today:"Ohne das Bild von heute",edit_controls:"Bedienung der Verbraucher",controls_auto:"offen bei wenigen Verbrauchern",controls_always:"immer offen",controls_tap:"offen nach Antippen"};var Ie={name:"Fusebox",description:"Phases, loads and today, at a glance",state_ok:"All is well",state_limited:"Loads are held back",state_over:"Too much on a wire",state_blind:"The meter is silent",state_fault:"A load has a fault",state_config_error:"CONFIG has a mistake",state_dry_run:"Dry run: nothing is commanded",state_missing:"Fusebox is not running",state_starting:"Home Assistant is starting",state_unreachable:"No connection to Home Assistant",status_charging:"charging",status_waiting:"waiting",status_paused:"paused",status_full:"full",status_unplugged:"unplugged",status_on:"on",status_off:"off",status_blind:"blind",status_fault:"fault",status_switching:"switching phases",status_unavailable:"not available",mode_standard:"Standard",mode_continuous:"Always",mode_solar_priority:"Sun first",mode_solar_only:"Sun only",mode_excess:"Excess",mode_off:"Off",mode_normal:"Normal",mode_boost:"Boost",sun:"Sun",battery:"Battery",battery_in:"charging",battery_out:"discharging",grid:"Grid",house:"House",export:"Export",free:"free",over:"too much",of_fuse:"of {0}",may_have:"may have {0}",phase_count:"{0} phases",one_phase:"1 phase",mode:"Mode",boost:"Boost",at_most:"At most",session:"this session",confirmed:"Done",pending:"Sent …",late:"Not shown by the device yet",no_loads:"No loads yet. Name them in CONFIG, and they appear here.",versions:"This card is version {0}, the scripts are {1}. Install both from one release, then reload the page.",not_running:"sensor.fusebox_site is not there. Look at the log of pyscript, or call pyscript.fusebox_setup.",today:"Today",total:"Total",no_history:"Nothing is recorded yet",old:"numbers are {0} min old",target:"target",fuse:"fuse",price:"price",now:"now",window:"These {0} minutes",window_left:"{0} min left",month_peak:"Month's peak",radiators:"Radiators",rad_on:"on",rad_waits:"waits",rad_warm:"warm enough",event_limited:"held back",event_shed:"stopped",event_blind:"blind",event_recovered:"recovered",event_escalated:"needs a look",phases:"Phases",ready_by:"Ready by",how_much:"How much",unit:"Unit",set_plan:"Plan",clear_plan:"Clear",plan_none:"no plan",plan_waiting:"planned",plan_running:"plan is running",plan_done:"plan is done",plan_late:"plan is late",edit_title:"Title",edit_hours:"Hours of the past",edit_hide_today:"Without the picture of today",edit_controls:"Controls of loads",controls_auto:"open where there are few loads",controls_always:"always open",controls_tap:"open when tapped"};var Hn={name:"Fusebox",description:"Fases, cargas y el día, de un vistazo",state_ok:"Todo va bien",state_limited:"Hay cargas limitadas",state_over:"Demasiado en un circuito",state_blind:"El contador no responde",state_fault:"Una carga tiene un fallo",state_config_error:"CONFIG tiene un error",state_dry_run:"Prueba: no se manda nada",state_missing:"Fusebox no funciona",state_starting:"Home Assistant arranca",state_unreachable:"Sin conexión con Home Assistant",status_charging:"cargando",status_waiting:"esperando",status_paused:"en pausa",status_full:"llena",status_unplugged:"desenchufada",status_on:"encendida",status_off:"apagada",status_blind:"sin medida",status_fault:"fallo",status_switching:"cambia de fases",status_unavailable:"no disponible",mode_standard:"Estándar",mode_continuous:"Siempre",mode_solar_priority:"Sol primero",mode_solar_only:"Solo sol",mode_excess:"Excedente",mode_off:"Apagado",mode_normal:"Normal",mode_boost:"Boost",sun:"Sol",battery:"Batería",battery_in:"se carga",battery_out:"se descarga",grid:"Red",house:"Casa",export:"Vertido",free:"libre",over:"de más",of_fuse:"de {0}",may_have:"puede tener {0}",phase_count:"{0} fases",one_phase:"1 fase",mode:"Modo",boost:"Boost",at_most:"Como máximo",session:"esta sesión",confirmed:"Hecho",pending:"Enviado …",late:"El aparato aún no lo muestra",no_loads:"Aún no hay cargas. Nombradas en CONFIG, aparecen aquí.",versions:"Esta tarjeta es la versión {0}, los scripts son {1}. Instala ambos de la misma versión y recarga la página.",not_running:"No existe sensor.fusebox_site. Mire el registro de pyscript o llame a pyscript.fusebox_setup.",today:"Hoy",total:"Total",no_history:"Aún no hay nada grabado",old:"datos de hace {0} min",target:"objetivo",fuse:"fusible",price:"precio",now:"ahora",window:"Estos {0} minutos",window_left:"quedan {0} min",month_peak:"Pico del mes",radiators:"Radiadores",rad_on:"encendido",rad_waits:"espera",rad_warm:"caliente",event_limited:"limitado",event_shed:"parado",event_blind:"sin medida",event_recovered:"resuelto",event_escalated:"revisar",phases:"Fases",ready_by:"Listo a las",how_much:"Cuánto",unit:"Unidad",set_plan:"Planificar",clear_plan:"Borrar",plan_none:"sin plan",plan_waiting:"previsto",plan_running:"plan en marcha",plan_done:"plan cumplido",plan_late:"plan con retraso",edit_title:"Título",edit_hours:"Horas del pasado",edit_hide_today:"Sin la imagen del día",edit_controls:"Mandos de las cargas",controls_auto:"abiertos si hay pocas cargas",controls_always:"siempre abiertos",controls_tap:"abiertos al tocar"};var Ln={name:"Fusebox",description:"Phases, charges et journée, d’un coup d’œil",state_ok:"Tout va bien",state_limited:"Des charges sont limitées",state_over:"Trop sur un circuit",state_blind:"Le compteur est muet",state_fault:"Une charge est en défaut",state_config_error:"CONFIG contient une erreur",state_dry_run:"À blanc : rien n’est commandé",state_missing:"Fusebox ne tourne pas",state_starting:"Home Assistant démarre",state_unreachable:"Pas de connexion à Home Assistant",status_charging:"charge",status_waiting:"attend",status_paused:"en pause",status_full:"pleine",status_unplugged:"débranchée",status_on:"en marche",status_off:"arrêtée",status_blind:"sans mesure",status_fault:"en défaut",status_switching:"change de phases",status_unavailable:"indisponible",mode_standard:"Standard",mode_continuous:"Toujours",mode_solar_priority:"Soleil d’abord",mode_solar_only:"Soleil seul",mode_excess:"Excédent",mode_off:"Arrêt",mode_normal:"Normal",mode_boost:"Boost",sun:"Soleil",battery:"Batterie",battery_in:"se charge",battery_out:"se décharge",grid:"Réseau",house:"Maison",export:"Injection",free:"libre",over:"trop",of_fuse:"sur {0}",may_have:"a droit à {0}",phase_count:"{0} phases",one_phase:"1 phase",mode:"Mode",boost:"Boost",at_most:"Au plus",session:"cette session",confirmed:"C’est fait",pending:"Envoyé …",late:"L’appareil ne le montre pas encore",no_loads:"Pas encore de charges. Nommées dans CONFIG, elles apparaissent ici.",versions:"Cette carte est en version {0}, les scripts en {1}. Installez les deux depuis la même version, puis rechargez la page.",not_running:"sensor.fusebox_site n’existe pas. Voir le journal de pyscript, ou appeler pyscript.fusebox_setup.",today:"Aujourd’hui",total:"Total",no_history:"Rien n’est encore enregistré",old:"chiffres d'il y a {0} min",target:"objectif",fuse:"fusible",price:"prix",now:"maintenant",window:"Ces {0} minutes",window_left:"encore {0} min",month_peak:"Pointe du mois",radiators:"Radiateurs",rad_on:"allumé",rad_waits:"attend",rad_warm:"assez chaud",event_limited:"limité",event_shed:"arrêté",event_blind:"sans mesure",event_recovered:"rétabli",event_escalated:"à voir",phases:"Phases",ready_by:"Prêt à",how_much:"Combien",unit:"Unité",set_plan:"Planifier",clear_plan:"Effacer",plan_none:"pas de plan",plan_waiting:"prévu",plan_running:"plan en cours",plan_done:"plan accompli",plan_late:"plan en retard",edit_title:"Titre",edit_hours:"Heures passées",edit_hide_today:"Sans l’image de la journée",edit_controls:"Commandes des charges",controls_auto:"ouvertes s’il y a peu de charges",controls_always:"toujours ouvertes",controls_tap:"ouvertes au toucher"};var We={name:"Fusebox",description:"Faser, laster og i dag, med ett blikk",state_ok:"Alt er vel",state_limited:"Laster holdes tilbake",state_over:"For mye på en ledning",state_blind:"Måleren er taus",state_fault:"En last har en feil",state_config_error:"CONFIG har en feil",state_dry_run:"Prøvekjøring: ingenting styres",state_missing:"Fusebox kjører ikke",state_starting:"Home Assistant starter",state_unreachable:"Ingen forbindelse med Home Assistant",status_charging:"lader",status_waiting:"venter",status_paused:"på pause",status_full:"full",status_unplugged:"ikke tilkoblet",status_on:"på",status_off:"av",status_blind:"blind",status_fault:"feil",status_switching:"bytter faser",status_unavailable:"ikke tilgjengelig",mode_standard:"Standard",mode_continuous:"Alltid",mode_solar_priority:"Sol først",mode_solar_only:"Bare sol",mode_excess:"Overskudd",mode_off:"Av",mode_normal:"Normal",mode_boost:"Boost",sun:"Sol",battery:"Batteri",battery_in:"lader",battery_out:"lader ut",grid:"Nett",house:"Hus",export:"Eksport",free:"ledig",over:"for mye",of_fuse:"av {0}",may_have:"kan få {0}",phase_count:"{0} faser",one_phase:"1 fase",mode:"Modus",boost:"Boost",at_most:"Høyst",session:"denne ladingen",confirmed:"Utført",pending:"Sendt …",late:"Enheten viser det ikke ennå",no_loads:"Ingen laster ennå. Nevn dem i CONFIG, så vises de her.",versions:"Dette kortet er versjon {0}, skriptene er {1}. Installer begge fra samme utgivelse, og last siden på nytt.",not_running:"sensor.fusebox_site finnes ikke. Se i loggen til pyscript, eller kall pyscript.fusebox_setup.",today:"I dag",total:"Totalt",no_history:"Ingenting er lagret ennå",old:"tall er {0} min gamle",target:"mål",fuse:"sikring",price:"pris",now:"nå",window:"Disse {0} minuttene",window_left:"{0} min igjen",month_peak:"Månedens topp",radiators:"Radiatorer",rad_on:"på",rad_waits:"venter",rad_warm:"varm nok",event_limited:"holdt tilbake",event_shed:"stoppet",event_blind:"blind",event_recovered:"over",event_escalated:"se etter",phases:"Faser",ready_by:"Klar kl.",how_much:"Hvor mye",unit:"Enhet",set_plan:"Planlegg",clear_plan:"Fjern",plan_none:"ingen plan",plan_waiting:"planlagt",plan_running:"planen kjører",plan_done:"planen er oppfylt",plan_late:"planen er forsinket",edit_title:"Tittel",edit_hours:"Timer tilbake",edit_hide_today:"Uten bildet av i dag",edit_controls:"Styring av laster",controls_auto:"åpen ved få laster",controls_always:"alltid åpen",controls_tap:"åpen ved trykk"};var Pn={name:"Fusebox",description:"Fasen, verbruikers en vandaag, in één oogopslag",state_ok:"Alles is goed",state_limited:"Verbruikers worden beperkt",state_over:"Te veel op een leiding",state_blind:"De meter zwijgt",state_fault:"Een verbruiker heeft een storing",state_config_error:"CONFIG bevat een fout",state_dry_run:"Proefdraaien: niets wordt aangestuurd",state_missing:"Fusebox draait niet",state_starting:"Home Assistant start",state_unreachable:"Geen verbinding met Home Assistant",status_charging:"laadt",status_waiting:"wacht",status_paused:"gepauzeerd",status_full:"vol",status_unplugged:"niet verbonden",status_on:"aan",status_off:"uit",status_blind:"blind",status_fault:"storing",status_switching:"wisselt van fasen",status_unavailable:"niet beschikbaar",mode_standard:"Standaard",mode_continuous:"Altijd",mode_solar_priority:"Zon eerst",mode_solar_only:"Alleen zon",mode_excess:"Overschot",mode_off:"Uit",mode_normal:"Normaal",mode_boost:"Boost",sun:"Zon",battery:"Batterij",battery_in:"laadt",battery_out:"ontlaadt",grid:"Net",house:"Huis",export:"Teruglevering",free:"vrij",over:"te veel",of_fuse:"van {0}",may_have:"mag {0}",phase_count:"{0} fasen",one_phase:"1 fase",mode:"Modus",boost:"Boost",at_most:"Hoogstens",session:"deze sessie",confirmed:"Gedaan",pending:"Verzonden …",late:"Het apparaat toont het nog niet",no_loads:"Nog geen verbruikers. Noem ze in CONFIG, dan verschijnen ze hier.",versions:"Deze kaart is versie {0}, de scripts zijn {1}. Installeer beide uit dezelfde uitgave en laad de pagina opnieuw.",not_running:"sensor.fusebox_site is er niet. Kijk in het logboek van pyscript, of roep pyscript.fusebox_setup aan.",today:"Vandaag",total:"Totaal",no_history:"Er is nog niets opgenomen",old:"cijfers zijn {0} min oud",target:"doel",fuse:"zekering",price:"prijs",now:"nu",window:"Deze {0} minuten",window_left:"nog {0} min",month_peak:"Maandpiek",radiators:"Radiatoren",rad_on:"aan",rad_waits:"wacht",rad_warm:"warm genoeg",event_limited:"beperkt",event_shed:"gestopt",event_blind:"blind",event_recovered:"hersteld",event_escalated:"nakijken",phases:"Fasen",ready_by:"Klaar om",how_much:"Hoeveel",unit:"Eenheid",set_plan:"Plannen",clear_plan:"Wissen",plan_none:"geen plan",plan_waiting:"gepland",plan_running:"plan loopt",plan_done:"plan voltooid",plan_late:"plan te laat",edit_title:"Titel",edit_hours:"Uren terug",edit_hide_today:"Zonder het beeld van vandaag",edit_controls:"Bediening van verbruikers",controls_auto:"open bij weinig verbruikers",controls_always:"altijd open",controls_tap:"open na aantikken"};var Nn={name:"Fusebox",description:"Faser, laster och i dag, med en blick",state_ok:"Allt är väl",state_limited:"Laster hålls tillbaka",state_over:"För mycket på en ledning",state_blind:"Mätaren är tyst",state_fault:"En last har ett fel",state_config_error:"CONFIG har ett fel",state_dry_run:"Provkörning: ingenting styrs",state_missing:"Fusebox körs inte",state_starting:"Home Assistant startar",state_unreachable:"Ingen anslutning till Home Assistant",status_charging:"laddar",status_waiting:"väntar",status_paused:"pausad",status_full:"full",status_unplugged:"ej ansluten",status_on:"på",status_off:"av",status_blind:"blind",status_fault:"fel",status_switching:"byter faser",status_unavailable:"inte tillgänglig",mode_standard:"Standard",mode_continuous:"Alltid",mode_solar_priority:"Sol först",mode_solar_only:"Bara sol",mode_excess:"Överskott",mode_off:"Av",mode_normal:"Normal",mode_boost:"Boost",sun:"Sol",battery:"Batteri",battery_in:"laddas",battery_out:"laddas ur",grid:"Nät",house:"Hus",export:"Export",free:"ledigt",over:"för mycket",of_fuse:"av {0}",may_have:"får ta {0}",phase_count:"{0} faser",one_phase:"1 fas",mode:"Läge",boost:"Boost",at_most:"Högst",session:"denna laddning",confirmed:"Klart",pending:"Skickat …",late:"Enheten visar det inte än",no_loads:"Inga laster än. Nämn dem i CONFIG, så syns de här.",versions:"Det här kortet är version {0}, skripten är {1}. Installera båda från samma utgåva och ladda om sidan.",not_running:"sensor.fusebox_site finns inte. Se pyscripts logg, eller anropa pyscript.fusebox_setup.",today:"I dag",total:"Totalt",no_history:"Ingenting är inspelat än",old:"siffror är {0} min gamla",target:"mål",fuse:"säkring",price:"pris",now:"nu",window:"Dessa {0} minuter",window_left:"{0} min kvar",month_peak:"Månadens topp",radiators:"Element",rad_on:"på",rad_waits:"väntar",rad_warm:"varmt nog",event_limited:"hålls tillbaka",event_shed:"stoppad",event_blind:"blind",event_recovered:"över",event_escalated:"titta",phases:"Faser",ready_by:"Klar kl.",how_much:"Hur mycket",unit:"Enhet",set_plan:"Planera",clear_plan:"Rensa",plan_none:"ingen plan",plan_waiting:"planerad",plan_running:"planen körs",plan_done:"planen är klar",plan_late:"planen är försenad",edit_title:"Titel",edit_hours:"Timmar bakåt",edit_hide_today:"Utan bilden av i dag",edit_controls:"Lasternas reglage",controls_auto:"öppna vid få laster",controls_always:"alltid öppna",controls_tap:"öppna vid tryck"};var In={da:Tn,de:Cn,en:Ie,es:Hn,fr:Ln,nb:We,nl:Pn,no:We,nn:We,sv:Nn},Wn=new Map;function he(t){let e=Wn.get(t)??nr(t);return Wn.set(t,e),e}function nr(t){let e=In[t]??In[t.split("-")[0]??""]??Ie;return(n,...s)=>e[n].replace(/\{(\d)\}/g,(r,o)=>String(s[Number(o)]??""))}function M(t,e,n){let s=`${e}_${n}`;return s in Ie?t(s):n.replaceAll("_"," ")}function Un(t){let e=he(t),n=["auto","always","tap"].map(s=>({value:s,label:e(`controls_${s}`)}));return{schema:[{name:"title",selector:{text:{}}},{name:"controls",selector:{select:{mode:"dropdown",options:n}}},{name:"hours",selector:{number:{min:1,max:48,mode:"box"}}},{name:"hide_today",selector:{boolean:{}}}],computeLabel:s=>e(`edit_${s.name}`)}}var Fn=new Map;function w(t,e){Fn.set(t,e),customElements.get(t)===void 0&&customElements.define(t,e)}var sr=6e4,rr=50;function zn(){let t=window.customElements,e=setInterval(()=>{if(window.customElements!==t)for(let[n,s]of Fn)w(n,s);else if(performance.now()<sr)return;clearInterval(e)},rr)}var $=g`
  :host {
    display: block;
    --fb-house: #858b96;
    --fb-text: var(--primary-text-color, #212121);
    --fb-dim: var(--secondary-text-color, #727272);
    --fb-line: var(--divider-color, #e0e0e0);
    --fb-card: var(--ha-card-background, var(--card-background-color, #fff));
    --fb-track: color-mix(in srgb, var(--fb-text) 8%, transparent);
    --fb-accent: var(--primary-color, #03a9f4);
    --fb-bad: var(--error-color, #db4437);
    --fb-warn: var(--warning-color, #ffa600);
    --fb-good: var(--success-color, #43a047);
    color: var(--fb-text);
    font-size: 14px;
    line-height: 1.4;
    font-variant-numeric: tabular-nums;
  }
  h3 {
    margin: 0;
    font-size: 15px;
    font-weight: 500;
  }
  p {
    margin: 0;
  }
  .dim {
    color: var(--fb-dim);
  }
  .number {
    text-align: right;
    white-space: nowrap;
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: none;
    padding: 0;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  :focus-visible {
    outline: 2px solid var(--fb-accent);
    outline-offset: 2px;
  }
  .choices {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(min-content, 1fr);
    gap: 1px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    overflow: hidden;
    background: var(--fb-line);
  }
  .choices.many {
    grid-auto-flow: row;
    grid-template-columns: repeat(3, minmax(min-content, 1fr));
  }
  .choices button {
    min-width: 0;
    min-height: 40px;
    padding: 2px 3px;
    font-size: 12.5px;
    line-height: 1.15;
    hyphens: auto;
    background: var(--fb-card);
    color: var(--fb-dim);
    outline-offset: -3px;
    transition: background-color 0.2s;
  }
  .choices button[aria-pressed="true"] {
    background: color-mix(in srgb, var(--fb-accent) 20%, var(--fb-card));
    color: var(--fb-text);
    font-weight: 600;
  }
  [data-pending] {
    animation: wait 1s ease-in-out infinite alternate;
  }
  @keyframes wait {
    to {
      background-color: color-mix(in srgb, var(--fb-accent) 6%, transparent);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;var Bn=new Map;function b(t,e,n){if(t===null)return"–";let s=`${n} ${e}`,r=Bn.get(s);r===void 0&&(r=new Intl.NumberFormat(n,{minimumFractionDigits:e,maximumFractionDigits:e}),Bn.set(s,r));let o=Math.round(t*10**e)/10**e;return r.format(o===0?0:o).replace("-","−")}function S(t,e){return`${b(t===null?null:t/1e3,1,e)} kW`}function R(t,e){return`${b(t,1,e)} A`}var Dn=new Map;function j(t,e,n){let s=`${e} ${n??""}`,r=Dn.get(s);return r===void 0&&(r=new Intl.DateTimeFormat(e,{hour:"2-digit",minute:"2-digit",hourCycle:"h23",...n===void 0?{}:{timeZone:n}}),Dn.set(s,r)),r.format(t)}var ut=class extends _{static{this.properties={site:{attribute:!1},flow:{attribute:!1},say:{attribute:!1},language:{}}}static{this.styles=[$,g`
      .bar {
        display: flex;
        gap: 2px;
        height: 14px;
        margin-bottom: 3px;
        border-radius: 7px;
        overflow: hidden;
        background: var(--fb-track);
      }
      .bar span {
        min-width: 0;
        flex: var(--w) 1 0;
        background: var(--c);
        transition: flex-grow 0.6s;
      }
      dl {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: minmax(min-content, 1fr);
        gap: 6px;
        margin: 8px 0 0;
      }
      dt {
        display: flex;
        align-items: center;
        gap: 5px;
        font-size: 12.5px;
        white-space: nowrap;
        --mdc-icon-size: 18px;
      }
      dd {
        margin: 0;
        font-size: 16px;
        font-weight: 500;
        white-space: nowrap;
      }
      .does {
        min-height: 1.4em;
        font-size: 12.5px;
        font-weight: normal;
      }
    `]}render(){let e=this.facts(),n=e.map(s=>[s.label,s.level,s.does,s.value].filter(Boolean).join(" ")).join(", ");return u`
      <div role="img" aria-label=${n}>
        ${this.bar(this.flow?.from??[])} ${this.bar(this.flow?.to??[])}
      </div>
      <dl>
        ${e.map(s=>u`<div>
            <dt class="dim" title=${s.label}><ha-icon icon=${s.icon} style="color: ${s.colour}"></ha-icon>${s.level??s.label}</dt>
            <dd>${s.value}</dd>
            ${s.does===void 0?p:u`<dd class="does dim">${s.does}</dd>`}
          </div>`)}
      </dl>
    `}bar(e){let n=s=>s.title||this.say(s.key);return u`<div class="bar">
      ${e.map(s=>u`<span
          style="--c: ${s.key==="export"?Me(s.colour):s.colour}; --w: ${Math.round(s.watts)}"
          title="${n(s)} ${S(s.watts,this.language)}"
        ></span>`)}
    </div>`}facts(){let{site:e,flow:n,say:s,language:r}=this,o=[];if(e.solarW!==null&&o.push({icon:"mdi:white-balance-sunny",colour:z,label:s("sun"),value:S(Math.max(e.solarW,0),r)}),e.batteryPct!==null||e.batteryW!==null){let d=e.batteryPct===null?s("battery"):`${b(e.batteryPct,0,r)} %`,m=e.batteryW===null?null:Math.abs(e.batteryW),c=un(e.batteryW),h={in:"mdi:battery-arrow-up",out:"mdi:battery-arrow-down",rests:"mdi:battery-medium"}[c],v=c==="rests"?"":s(c==="in"?"battery_in":"battery_out");o.push({icon:h,colour:c==="in"?B:ne,label:s("battery"),value:S(m,r),level:d,does:v})}o.push({icon:"mdi:home",colour:F,label:s("house"),value:S(n?.houseW??null,r)});let a=n===null?null:or(n),i=(a??0)<0,l=a===null?null:Math.abs(a);return o.push({icon:"mdi:transmission-tower",colour:i?te:Ee,label:s(i?"export":"grid"),value:S(l,r)}),o}};function or(t){return(t.from.find(n=>n.key==="grid")?.watts??0)-(t.to.find(n=>n.key==="export")?.watts??0)}w("fusebox-card-flow",ut);var ar={ok:["mdi:check-circle","good"],limited:["mdi:arrow-collapse-vertical","warn"],starting:["mdi:timer-sand","calm"],dry_run:["mdi:eye-outline","calm"],over:["mdi:flash-alert","bad"],blind:["mdi:eye-off","bad"],fault:["mdi:alert-circle","bad"]},ir=u`<svg class="bad" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
  <g fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round">
    <path d="M4 4l16 16M8.5 15.5a5 5 0 0 1 6.5-.4M5 12a10 10 0 0 1 4-2.5M14 9.2A10 10 0 0 1 19 12" />
    <circle cx="12" cy="19" r="0.8" />
  </g>
</svg>`,pt=class extends _{static{this.properties={site:{attribute:!1},say:{attribute:!1},heading:{},link:{},age:{attribute:!1},open:{state:!0}}}static{this.styles=[$,g`
      button {
        display: grid;
        grid-template-columns: 28px 1fr 20px;
        gap: 4px 10px;
        width: 100%;
        align-items: center;
        text-align: start;
      }
      .state {
        font-size: 18px;
        font-weight: 500;
        line-height: 1.25;
      }
      .title {
        font-size: 12.5px;
      }
      .age {
        display: block;
        font-size: 13px;
      }
      .reason {
        grid-column: 1 / -1;
        min-height: 1.4em;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .open .reason {
        white-space: normal;
      }
      .good {
        color: var(--fb-good);
      }
      .warn {
        color: var(--fb-warn);
      }
      .bad {
        color: var(--fb-bad);
      }
      .calm {
        color: var(--fb-accent);
      }
      ul {
        margin: 6px 0 0;
        padding-inline-start: 18px;
      }
    `]}render(){let{site:e,say:n,open:s}=this,r=e.state==="missing",o=this.link==="unreachable",a=o||r&&this.link==="starting"?this.link:e.state,[i,l]=ar[a]??["mdi:alert-circle","bad"],d=r?this.link==="whole"?n("not_running"):"":e.reason,m=o?ir:u`<ha-icon class=${l} icon=${i}></ha-icon>`;return u`
      <button
        class=${s||r?"open":""}
        aria-expanded=${s||r?"true":"false"}
        @click=${()=>{this.open=!this.open}}
      >
        ${m}
        <span>
          ${this.heading?u`<span class="title dim">${this.heading}</span><br />`:p}
          <span class="state">${M(n,"state",a)}</span>
          ${this.age===null||this.age.minutes<1?p:u`<span class="age dim">${n("old",this.age.minutes)}</span>`}
        </span>
        <ha-icon class="dim" icon=${s?"mdi:chevron-up":"mdi:chevron-down"}></ha-icon>
        <span class="reason dim">${o?"":d}</span>
      </button>
      ${e.more.length>0&&(s||e.state==="config_error")?u`<ul>
            ${e.more.map(c=>u`<li>${c}</li>`)}
          </ul>`:p}
    `}};w("fusebox-card-head",pt);var lr={sent:"mdi:timer-sand",taken:"mdi:timer-sand",confirmed:"mdi:check",refused:"mdi:cancel",late:"mdi:timer-alert-outline"},dr=.05,ur=g`
  .said {
    min-height: 1.4em;
    font-size: 13px;
    --mdc-icon-size: 18px;
  }
  .said [role="status"] {
    display: flex;
    gap: 6px;
  }
`;function pr(t,e,n,s){let r=cr(t,e);return u`<div class="said">
    ${r===null?u`<span class="dim">${hr(t,n,s)}</span>`:p}
    <span role="status">
      ${r===null?p:u`<ha-icon icon=${lr[r.stage]}></ha-icon><span>${mr(r,n)}</span>`}
    </span>
  </div>`}function cr(t,e){return Xt.flatMap(s=>e.get(x(t,s))??[]).sort((s,r)=>r.sinceMs-s.sinceMs)[0]??null}function mr({stage:t,sentence:e},n){return t==="refused"?e||n("state_unreachable"):n(t==="confirmed"?"confirmed":t==="late"?"late":"pending")}function hr(t,e,n){if(t.sessionKwh===null||t.sessionKwh<dr)return"";let s=t.sessionSolarPct===null?"":` · ${b(t.sessionSolarPct,0,n)} % ${e("sun")}`;return`${b(t.sessionKwh,1,n)} kWh ${e("session")}${s}`}var Ue={styles:ur,render:pr};var jn=g`
  .plan summary {
    display: grid;
    grid-template-columns: 18px minmax(0, 1fr) 20px;
    gap: 8px;
    align-items: center;
    min-height: 40px;
    padding: 0 10px 0 12px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    color: var(--fb-dim);
    cursor: pointer;
    list-style: none;
    --mdc-icon-size: 18px;
  }
  .plan summary::-webkit-details-marker {
    display: none;
  }
  .plan summary span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .plan.set summary b {
    font-weight: 500;
    color: var(--fb-text);
  }
  .plan[open] summary span {
    padding: 8px 0;
    white-space: normal;
  }
  .plan[open] .turn {
    transform: rotate(180deg);
  }
  .controls .line:has(.plan[open]) {
    grid-template-columns: minmax(0, 1fr);
  }
  form {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
    gap: 8px 12px;
    padding: 8px 0 2px;
    align-items: end;
    font-size: 13px;
  }
  form label {
    display: grid;
    gap: 2px;
    min-width: 0;
  }
  /* Three digits, a decimal and the unit fit, also on a phone. */
  .much {
    min-width: 150px;
  }
  input[type="number"] {
    appearance: textfield;
  }
  .amount {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
  }
  .field {
    box-sizing: border-box;
    width: 100%;
    min-width: 0;
    height: 40px;
    padding: 0 10px;
    border: 1px solid var(--fb-dim);
    border-radius: 10px;
    font: inherit;
    font-size: 14px;
    color: var(--fb-text);
    background: var(--fb-card);
    color-scheme: inherit;
  }
  .amount .field:first-child {
    border-start-end-radius: 0;
    border-end-end-radius: 0;
    border-inline-end: none;
  }
  .amount .field:last-child {
    border-start-start-radius: 0;
    border-end-start-radius: 0;
  }
  .does {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    gap: 8px;
  }
  .does button {
    min-height: 40px;
    padding: 0 10px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
  }
  .does .main {
    border-color: transparent;
    background: color-mix(in srgb, var(--fb-accent) 20%, var(--fb-card));
    font-weight: 600;
  }
`;function N(t,e,n){let s={load:t.load,control:e,value:n};t.dispatchEvent(new CustomEvent("fusebox-wanted",{detail:s,bubbles:!0,composed:!0}))}var fr={energy_kwh:"kWh",soc_target_pct:"%",hours:"h"},gr="07:00";function yr(t,e){let{load:n,say:s,asks:r}=t,o=He(e),a=U(r,x(n,"plan")),i=_r(n),l=i.find(d=>e.asked[d]!==void 0)??i[0];return u`<details class="plan ${o?"set":""}">
    <summary ?data-pending=${a}>
      <ha-icon icon=${o?"mdi:calendar-clock":"mdi:calendar-plus"}></ha-icon>
      <span title=${e.reason}><b>${M(s,"plan",e.state)}</b>${br(e,t.priceUnit,t.language)}</span>
      <ha-icon class="turn" icon="mdi:chevron-down"></ha-icon>
    </summary>
    <form @submit=${d=>vr(t,d)}>
      <label><span class="dim">${s("ready_by")}</span><input class="field" name="ready_by" type="time" required value=${e.asked.readyBy??gr} /></label>
      <label class="much">
        <span class="dim">${s("how_much")}</span>
        <span class="amount">
          <input class="field" name="amount" type="number" min="0.5" step="0.5" required inputmode="decimal" value=${(l&&e.asked[l])??""} />
          <select class="field" name="unit" aria-label=${s("unit")}>
            ${i.map(d=>u`<option value=${d} ?selected=${d===l}>${fr[d]}</option>`)}
          </select>
        </span>
      </label>
      ${t.priceUnit===""?p:u`<label>
            <span class="dim">${s("at_most")} ${t.priceUnit}</span>
            <input class="field" name="max_price" type="number" step="0.001" inputmode="decimal" value=${e.asked.max_price??""} />
          </label>`}
      <div class="does">
        <button class="main" type="submit">${s("set_plan")}</button>
        ${o?u`<button type="button" @click=${()=>N(t,"plan","")}>${s("clear_plan")}</button>`:p}
      </div>
    </form>
  </details>`}function br(t,e,n){if(t.reason!=="")return` · ${t.reason}`;let[s=""]=e.split("/");return t.cost===null?"":` · ${b(t.cost,2,n)} ${s}`.trimEnd()}function _r(t){return t.currentA===null?["hours","energy_kwh"]:["energy_kwh","soc_target_pct"]}function vr(t,e){e.preventDefault();let n=new FormData(e.target),s=r=>String(n.get(r)??"");N(t,"plan",cn(s("ready_by"),Number(s("amount")),s("unit"),s("max_price")))}var Fe={styles:jn,render:yr};var J={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},ze=t=>(...e)=>({_$litDirective$:t,values:e}),se=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,n,s){this._$Ct=e,this._$AM=n,this._$Ci=s}_$AS(e,n){return this.update(e,n)}update(e,n){return this.render(...n)}};var{I:Ya}=jt;var Kn=t=>t.strings===void 0;var xr={},Gn=(t,e=xr)=>t._$AH=e;var ct=ze(class extends se{constructor(t){if(super(t),t.type!==J.PROPERTY&&t.type!==J.ATTRIBUTE&&t.type!==J.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!Kn(t))throw Error("`live` bindings can only contain a single expression")}render(t){return t}update(t,[e]){if(e===A||e===p)return e;let n=t.element,s=t.name;if(t.type===J.PROPERTY){if(e===n[s])return A}else if(t.type===J.BOOLEAN_ATTRIBUTE){if(!!e===n.hasAttribute(s))return A}else if(t.type===J.ATTRIBUTE&&n.getAttribute(s)===e+"")return A;return Gn(t),e}});var wr=g`
  .slider {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) 40px;
    gap: 8px;
    align-items: center;
    font-size: 13px;
  }
  input[type="range"] {
    appearance: none;
    width: 100%;
    height: 40px;
    margin: 0;
    background: linear-gradient(90deg, var(--fb-accent) var(--part), var(--fb-track) var(--part)) center / 100% 6px no-repeat;
    cursor: pointer;
  }
  input::-webkit-slider-thumb {
    appearance: none;
    width: 22px;
    height: 22px;
    border: 2px solid var(--fb-card);
    border-radius: 50%;
    background: var(--fb-accent);
  }
  input::-moz-range-thumb {
    width: 20px;
    height: 20px;
    border: 2px solid var(--fb-card);
    border-radius: 50%;
    background: var(--fb-accent);
  }
`;function $r(t,e){let{load:n,say:s,asks:r,language:o}=t,a=W(r,x(n,"max"),e.max),i=m=>`${b(m,m%1===0?0:1,o)} A`,l=m=>{let c=m.target,h=c.nextElementSibling;c.style.setProperty("--part",Vn(e,Number(c.value))),h!==null&&(h.textContent=i(Number(c.value)))},d=m=>N(t,"max",Number(m.target.value));return u`<label class="slider">
    <span class="dim">${s("at_most")}</span>
    <input
      type="range"
      min=${e.min}
      max=${e.top}
      step="1"
      .value=${ct(String(a))}
      style="--part: ${Vn(e,a)}"
      aria-valuetext=${i(a)}
      ?data-pending=${U(r,x(n,"max"))}
      @input=${l}
      @change=${d}
    />
    <output class="number" .textContent=${ct(i(a))}></output>
  </label>`}function Vn(t,e){return`${(100*(e-t.min)/(t.top-t.min||1)).toFixed(1)}%`}var Be={styles:wr,render:$r};var kr=5,Ar=g`
  .controls {
    display: grid;
    gap: 6px;
    padding: 6px 0 0 46px;
  }
  .line {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 12px;
    align-items: start;
  }
  .line.end {
    grid-template-columns: minmax(0, 1fr) auto;
  }
  .line .said {
    align-self: center;
  }
  .boost {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 40px;
    padding: 0 12px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    color: var(--fb-dim);
    --mdc-icon-size: 18px;
  }
  .boost[aria-pressed="true"] {
    background: color-mix(in srgb, var(--fb-accent) 20%, transparent);
    color: var(--fb-text);
    font-weight: 600;
  }
  @container (max-width: 420px) {
    .controls {
      padding-inline-start: 0;
    }
  }
`;function Sr(t){let{load:e}=t,n=e.boosted!==null,s=Ue.render(e,t.asks,t.say,t.language),r=e.plan===null?p:Fe.render(t,e.plan),o=e.currentA===null?p:Be.render(t,e.currentA),a=o===p?r===p?s:r:o,i=a===o&&e.plan!==null&&!He(e.plan);return u`<div class="controls">
    ${e.modes.length>1?Or(t,n):p}
    ${n?u`<div class="line"><span>${Er(t)}</span> ${a}</div>`:a}
    ${e.canSwitchPhases?Mr(t):p} ${a===o&&!i?r:p}
    ${i?u`<div class="line end">${s} ${r}</div>`:a===s?p:s}
  </div>`}function Or(t,e){let{load:n,say:s,asks:r}=t,o=W(r,x(n,"mode"),n.mode),a=n.modes.filter(i=>!(e&&i==="boost"));return u`<div class="choices ${a.length>kr?"many":""}" role="group" aria-label=${s("mode")}>
    ${a.map(i=>u`<button
        aria-pressed=${i===o?"true":"false"}
        ?data-pending=${i===o&&U(r,x(n,"mode"))}
        @click=${()=>N(t,"mode",i)}
      >
        ${M(s,"mode",i)}
      </button>`)}
  </div>`}function Er(t){let{load:e,say:n,asks:s}=t,r=W(s,x(e,"boost"),e.boosted===!0);return u`<button
    class="boost"
    aria-pressed=${r?"true":"false"}
    ?data-pending=${U(s,x(e,"boost"))}
    @click=${()=>N(t,"boost",!r)}
  >
    <ha-icon icon=${r?"mdi:flash":"mdi:flash-outline"}></ha-icon>${n("boost")}
  </button>`}function Mr(t){let{load:e,say:n,asks:s}=t,r=W(s,x(e,"phases"),e.phasesUsed??0),o=U(s,x(e,"phases"));return u`<div class="choices" role="group" aria-label=${n("phases")}>
    ${[1,e.phases.length].map(a=>u`<button
        aria-pressed=${a===r?"true":"false"}
        ?data-pending=${a===r&&o}
        @click=${()=>N(t,"phases",a)}
      >
        ${a===1?n("one_phase"):n("phase_count",a)}
      </button>`)}
  </div>`}var mt={styles:Ar,render:Sr};function Yn(t,e,n){if(t.share===null||t.share===0)return"";if(t.unit==="W")return e("may_have",S(t.share,n));let s=_n(t);return e("may_have",`${b(t.share,1,n)} A${s>1?` × ${s}`:""}`)}var ht=class extends _{constructor(){super(...arguments);this.toggle=()=>{this.open=!this.open}}static{this.properties={load:{attribute:!1},asks:{attribute:!1},say:{attribute:!1},language:{},priceUnit:{},pinned:{type:Boolean},open:{state:!0}}}static{this.styles=[$,g`
      .head {
        display: grid;
        grid-template-columns: 36px minmax(0, 1fr) auto 20px;
        column-gap: 10px;
        width: 100%;
        align-items: center;
        text-align: start;
      }
      .icon {
        display: grid;
        place-items: center;
        width: 36px;
        height: 36px;
        border-radius: 50%;
        background: var(--c);
        color: #fff;
        --mdc-icon-size: 20px;
      }
      .resting .icon {
        background: none;
        color: var(--c);
        box-shadow: inset 0 0 0 2px var(--c);
      }
      .title {
        font-weight: 500;
        font-size: 15px;
      }
      .title,
      .state,
      .reason {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .state {
        font-size: 13px;
      }
      .number b {
        display: block;
        font-size: 16px;
        font-weight: 500;
      }
      .number small {
        font-size: 12px;
        color: var(--fb-dim);
      }
      .reason {
        padding-inline-start: 46px;
        font-size: 13px;
        min-height: 1.4em;
      }
      .open .reason {
        white-space: normal;
      }
      .bad {
        color: var(--fb-bad);
        --mdc-icon-size: 15px;
      }
    `,Ue.styles,Be.styles,Fe.styles,mt.styles]}render(){let{load:n,say:s}=this,r=!["charging","on","switching"].includes(n.status),o=["fault","blind","unavailable"].includes(n.status),a=W(this.asks,x(n,"mode"),n.mode);return u`<section class="${r?"resting":""} ${this.open?"open":""}" style="--c: ${n.colour}">
      <button class="head" aria-expanded=${this.open?"true":"false"} @click=${this.toggle}>
        <span class="icon"><ha-icon icon=${n.icon}></ha-icon></span>
        <span style="min-width: 0">
          <span class="title">${n.title}</span>
          <span class="state dim">
            ${o?u`<ha-icon class="bad" icon="mdi:alert"></ha-icon>`:p}
            ${M(s,"status",n.status)}${a===""?"":` · ${M(s,"mode",a)}`}
          </span>
        </span>
        <span class="number">
          <b>${S(n.drawW,this.language)}</b>
          <small>${Yn(n,s,this.language)}</small>
        </span>
        <ha-icon class="dim" icon=${this.open?"mdi:chevron-up":"mdi:chevron-down"}></ha-icon>
      </button>
      <p class="reason dim">${n.reason}</p>
      ${this.open||this.pinned?mt.render(this):p}
    </section>`}};w("fusebox-card-load",ht);var ft=class extends _{static{this.properties={group:{attribute:!1},say:{attribute:!1}}}static{this.styles=[$,g`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 14px;
        margin: 8px 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 6px;
        font-size: 13px;
      }
      i {
        position: relative;
        box-sizing: border-box;
        width: 14px;
        height: 14px;
        border-radius: 50%;
        border: 2px solid var(--fb-dim);
      }
      .on i {
        background: var(--state-climate-heat-color, #ff8100);
        border-color: var(--state-climate-heat-color, #ff8100);
      }
      .waits i {
        border-color: var(--state-climate-heat-color, #ff8100);
        background: linear-gradient(90deg, var(--state-climate-heat-color, #ff8100) 50%, transparent 50%);
      }
      .line {
        display: flex;
        justify-content: space-between;
      }
      ha-icon {
        --mdc-icon-size: 14px;
      }
      small {
        font-size: 12px;
      }
    `]}render(){let{group:e,say:n}=this,s=e.dots.filter(r=>r.is==="on").length;return u`
      <div class="line">
        <h3>${e.title?`${n("radiators")}: ${e.title}`:n("radiators")}</h3>
        <span class="dim">${s}${e.allowed===null?"":` ${n("of_fuse",e.allowed)}`}</span>
      </div>
      <ul>
        ${e.dots.map(r=>this.dot(r))}
      </ul>
    `}dot(e){let n=this.say(`rad_${e.is}`);return u`<li class=${e.is}>
      <i></i><span>${e.name} <small class="dim">${n}</small></span>
      ${e.boosted?u`<ha-icon icon="mdi:flash" title=${this.say("boost")}></ha-icon>`:p}
    </li>`}};w("fusebox-card-radiators",ft);var gt=class extends _{static{this.properties={tariff:{attribute:!1},say:{attribute:!1},language:{}}}static{this.styles=[$,g`
      .line {
        display: flex;
        justify-content: space-between;
        gap: 8px;
        align-items: baseline;
      }
      .bar {
        position: relative;
        height: 12px;
        margin: 6px 0;
        border-radius: 6px;
        background: var(--fb-track);
      }
      .bar span {
        position: absolute;
        inset-block: 0;
        left: 0;
        border-radius: 6px;
        background: var(--energy-grid-consumption-color, #488fc2);
        transition: width 0.6s;
      }
      .bar .beyond {
        background: var(--fb-bad);
      }
      .bar .cut {
        border-start-end-radius: 0;
        border-end-end-radius: 0;
      }
      .bar i {
        position: absolute;
        inset-block: -3px;
        width: 3px;
        margin-inline-start: -1.5px;
        border-radius: 2px;
        background: var(--fb-text);
      }
      .bar .month {
        width: 2px;
        background: var(--fb-dim);
      }
      b {
        font-weight: 500;
        font-size: 16px;
      }
      small {
        font-size: 12.5px;
      }
    `]}render(){let{tariff:e,say:n}=this,{projectedKw:s,targetKw:r,monthKw:o}=e,{withinKw:a,beyondKw:i,endKw:l}=vn(e),d=m=>`${(100*m/l).toFixed(1)}%`;return u`
      <div class="line">
        <h3>${n("window",e.windowMin)}</h3>
        <span><b>${this.kw(s)}</b> <small class="dim">${n("of_fuse",this.kw(r))}</small></span>
      </div>
      <div class="bar" role="img" aria-label="${this.kw(s)} ${n("of_fuse",this.kw(r))}">
        ${i>0?u`<span class="beyond" style="width: ${d(a+i)}"></span>`:p}
        <span class=${i>0?"cut":""} style="width: ${d(a)}"></span>
        ${o===null||o<=0?p:u`<i class="month" style="left: ${d(o)}"></i>`}
        ${r===null?p:u`<i style="left: ${d(r)}"></i>`}
      </div>
      <div class="line dim">
        <small>${n("window_left",Math.ceil(e.leftS/60))}</small>
        <small>${n("month_peak")} ${this.kw(o)}</small>
      </div>
    `}kw(e){return`${b(e,1,this.language)} kW`}};w("fusebox-card-tariff",gt);var Rr={},qn=ze(class extends se{constructor(){super(...arguments),this.ot=Rr}render(t,e){return e()}update(t,[e,n]){if(Array.isArray(e)){if(Array.isArray(this.ot)&&this.ot.length===e.length&&e.every((s,r)=>s===this.ot[r]))return A}else if(this.ot===e)return A;return this.ot=Array.isArray(e)?Array.from(e):e,this.render(e,n)}});var T="total";function yt(t,e){let n=Tr(t),s=t.map(a=>e===T?Cr(a):Hr(a,e)),r=n.map(a=>({...a,spans:s.map(i=>i===null?null:i.spans.get(a.key)??null)})),o=[{key:"grid",colour:"var(--primary-text-color)",values:s.map(a=>a?.grid??null)}];return s.some(a=>a?.sun!=null)&&o.push({key:"sun",colour:z,values:s.map(a=>a?.sun??null)}),{times:t.map(a=>a.atMs),layers:r.filter(a=>a.spans.some(i=>i!==null&&i[1]-i[0]>0)),lines:o}}function Tr(t){let e=new Map(t.flatMap(n=>n.loads).map(n=>[n.entity,n]));return[{key:"house",colour:F,title:""},...[...e.values()].map(({entity:n,colour:s,title:r})=>({key:n,colour:s,title:r})),{key:"battery",colour:B,title:""}]}function Cr(t){let e=Ce(t.site,t.loads),n=Te(t.site);if(e===null||n===null)return null;let s=new Map,r=0;for(let o of e.to)s.set(o.key,[r,r+o.watts]),r+=o.watts;return{spans:Xn(s,t,r),grid:n,sun:t.site.solarW}}function Hr(t,e){let n=t.site.gridA[e]??null;if(n===null)return null;let s=lt(t.site,t.loads,e),r=Math.max(s??0,0),o=dt(n,me(e,t.loads),s),a=new Map(o.map(i=>[i.key,[i.fromA+r,i.toA+r]]));return{spans:Xn(a,t,(o.at(-1)?.toA??0)+r),grid:n,sun:s===null?null:r}}function Xn(t,e,n){let s=new Map,r=t.values().next().value?.[0]??Math.min(n,0);for(let o of["house",...e.loads.map(a=>a.entity),"battery"]){let a=t.get(o)??[r,r];s.set(o,a),r=a[1]}return s}function Zn(t,e){let n=[...t.layers.flatMap(c=>c.spans.flatMap(h=>h===null?[]:[...h])),...t.lines.flatMap(c=>c.values.filter(h=>h!==null))],s=Math.max(0,...n),r=e.filter(c=>c<=Math.max(s,1)*3),o=Math.max(s,...r.map(c=>c*1.05))||1,a=Math.min(0,...n),i=Lr((o-a)/5),l=Math.floor(a/i+1e-9),d=Math.ceil(o/i-1e-9),m=Array.from({length:d-l+1},(c,h)=>(l+h)*i);return{low:l*i,high:d*i,ticks:m}}function Jn(t,{high:e}){return t.filter(n=>n<=e)}function Lr(t){let e=10**Math.floor(Math.log10(t)),n=t/e;return e*(n<=1?1:n<=2?2:n<=5?5:10)}var Q=1e3,De=300;function C(t,e){return Q*(e-t.fromMs)/(t.toMs-t.fromMs)}function fe(t,e){let{low:n,high:s}=t.scale;return De*(1-(e-n)/(s-n))}function Qn(t,e,n){return I`
    ${e.scale.ticks.map(s=>I`<line class="tick" x1="0" x2=${Q} y1=${fe(e,s)} y2=${fe(e,s)} />`)}
    ${t.layers.map(s=>I`<path class="layer" fill=${s.colour} d=${Pr(t,s,e)} />`)}
    ${n.map(s=>I`<line class="limit" x1="0" x2=${Q} y1=${fe(e,s)} y2=${fe(e,s)} />`)}
    ${t.lines.map(s=>I`<path class=${s.key} stroke=${s.colour} d=${Nr(t,s.values,e)} />`)}
  `}function Pr(t,e,n){return es(e.spans).map(s=>{let r=s.map(a=>bt(t,n,a,e.spans[a]?.[1]??0)),o=s.map(a=>bt(t,n,a,e.spans[a]?.[0]??0)).reverse();return`M${[...r,...o].join("L")}Z`}).join("")}function Nr(t,e,n){return es(e).map(s=>`M${s.map(r=>bt(t,n,r,e[r]??0)).join("L")}`).join("")}function bt(t,e,n,s){return`${C(e,t.times[n]??0).toFixed(1)} ${fe(e,s).toFixed(1)}`}function es(t){let e=[];return t.forEach((n,s)=>{n!==null&&(s>0&&t[s-1]!==null?e.at(-1)?.push(s):e.push([s]))}),e}var ts=4;function ns(t,e){let n=t.loads.filter(s=>(s.plan?.slots.length??0)>0);return u`
    ${n.map(s=>u`<p class="caption">${s.title} <span class="dim">${Ir(s.plan?.slots??[],t)}</span></p>
        <div class="lane" role="img" aria-label=${`${s.title} ${s.plan?.reason??""}`}>
        ${(s.plan?.slots??[]).map(r=>u`<span title=${s.title} style="--c: ${s.colour}; ${ss(r,e)}"></span>`)}
      </div>`)}
    ${Wr(t,e)}
  `}function Ir(t,{language:e,zone:n}){let s=hn(t).map(({startMs:r,endMs:o})=>`${j(r,e,n)}–${j(o,e,n)}`);return[...s.slice(0,ts),...s.length>ts?["…"]:[]].join(", ")}function Wr({prices:t,priceUnit:e,say:n,language:s},r){let o=t.filter(m=>m.endMs>r.fromMs&&m.startMs<r.toMs);if(o.length===0)return p;let a=o.map(m=>m.price??0),i=Math.max(...a,.01),l=Math.min(...a,0),d=`${b(Math.min(...a),2,s)} – ${b(Math.max(...a),2,s)} ${e}`.trimEnd();return u`<p class="caption dim">${n("price")} ${d}</p>
    <div class="prices" role="img" aria-label="${n("price")} ${d}">
    ${o.map(m=>{let c=100*((m.price??0)-l)/(i-l);return u`<span title=${b(m.price,3,s)} style="height: ${c.toFixed(1)}%; ${ss(m,r)}"></span>`})}
  </div>`}function ss(t,e){let n=Math.max(C(e,t.startMs)/10,0),s=Math.min(C(e,t.endMs)/10,100);return`left: ${n.toFixed(2)}%; width: ${Math.max(s-n,0).toFixed(2)}%`}var rs=g`
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
  }
  .choices {
    flex: 0 1 240px;
  }
  .choices button {
    min-height: 32px;
  }
  .readout {
    display: flex;
    flex-wrap: wrap;
    align-content: flex-start;
    gap: 0 12px;
    min-height: 2.8em;
    margin: 8px 0 6px;
    font-size: 13px;
  }
  .readout b {
    font-weight: 500;
  }
  .readout i {
    display: inline-block;
    width: 9px;
    height: 9px;
    margin-inline-end: 4px;
    border-radius: 2px;
  }
  .readout i.limit {
    height: 0;
    border-top: 2px dashed var(--fb-bad);
    border-radius: 0;
    vertical-align: middle;
  }
  /* Left of the picture is the place of its numbers: nothing is written over what it shows. */
  .picture,
  .times,
  .lane,
  .prices {
    margin-inline-start: 38px;
  }
  .picture {
    position: relative;
    height: 190px;
    touch-action: pan-y;
  }
  svg {
    display: block;
    width: 100%;
    height: 100%;
    overflow: visible;
  }
  svg * {
    vector-effect: non-scaling-stroke;
  }
  .layer {
    opacity: 0.85;
  }
  .tick {
    stroke: var(--fb-line);
    stroke-width: 1;
  }
  .limit {
    stroke: var(--fb-bad);
    stroke-width: 1.5;
    stroke-dasharray: 6 4;
  }
  .grid,
  .sun {
    fill: none;
    stroke-width: 1.8;
    stroke-linejoin: round;
  }
  .cursor {
    stroke: var(--fb-dim);
    stroke-width: 1;
  }
  .y {
    position: absolute;
    inset-inline-start: -38px;
    width: 34px;
    text-align: end;
    white-space: nowrap;
    font-size: 11px;
    line-height: 14px;
    transform: translateY(-50%);
    color: var(--fb-dim);
    pointer-events: none;
  }
  .caption {
    margin-top: 6px;
    font-size: 12.5px;
  }
  @container (min-width: 1250px) {
    .picture {
      height: 260px;
    }
  }
  .mark {
    position: absolute;
    top: -2px;
    width: 0;
    margin-inline-start: -5px;
    border: 5px solid transparent;
    border-top-color: var(--fb-warn);
  }
  .mark.blind,
  .mark.escalated {
    border-top-color: var(--fb-bad);
  }
  .mark.recovered {
    border-top-color: var(--fb-good);
  }
  .times {
    position: relative;
    height: 16px;
    font-size: 11.5px;
    color: var(--fb-dim);
    overflow: hidden;
  }
  .times span {
    position: absolute;
    transform: translateX(-50%);
  }
  .lane {
    position: relative;
    height: 12px;
    margin-top: 2px;
    background: var(--fb-track);
    border-radius: 4px;
  }
  .lane span {
    position: absolute;
    inset-block: 0;
    border-radius: 4px;
    background: var(--c);
  }
  .prices {
    position: relative;
    height: 40px;
    margin-top: 2px;
  }
  .prices span {
    position: absolute;
    bottom: 0;
    background: color-mix(in srgb, var(--fb-accent) 55%, transparent);
  }
  .events {
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
    font-size: 13px;
  }
  .events li {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .events i {
    display: inline-block;
    width: 8px;
    height: 8px;
    margin-inline-end: 6px;
    border-radius: 50%;
    background: var(--fb-warn);
  }
  .events .blind,
  .events .escalated {
    background: var(--fb-bad);
  }
  .events .recovered {
    background: var(--fb-good);
  }
`;var _t=class extends _{constructor(){super();this.made=null;this.view=T,this.at=-1}static{this.properties={shown:{attribute:!1},now:{attribute:!1},say:{attribute:!1},language:{},zone:{},view:{state:!0},at:{state:!0}}}static{this.styles=[$,rs]}render(){let{say:n,view:s}=this,r=[T,...this.shown.phases.length>1?this.shown.phases:[]],o=this.chart(s),a=Zn(o,this.limits()),i=Jn(this.limits(),a),{nowMs:l,hours:d,prices:m,loads:c}=this.shown,h=fn(l,d,m,c),v={fromMs:l-d*D,toMs:h,scale:a};return u`
      <div class="top">
        <h3>${n("today")}</h3>
        ${r.length>1?u`<div class="choices">
              ${r.map(k=>u`<button aria-pressed=${k===s?"true":"false"} @click=${()=>this.turn(k)}>
                  ${k===T?n("total"):k}
                </button>`)}
            </div>`:p}
      </div>
      ${this.readout(o,i)}
      ${qn([this.shown,s,this.at,n],()=>u`${this.picture(o,v,i)} ${ns({...this.shown,say:n,language:this.language,zone:this.zone},v)} ${this.happenings()}`)}
    `}chart(n){return(this.made?.of!==this.shown||this.made.view!==n)&&(this.made={of:this.shown,view:n,chart:yt(this.shown.looks,n)}),this.made.chart}turn(n){this.view=n,this.at=-1}limits(){let n=this.view===T?this.shown.targetW:this.shown.fuseA;return n===null?[]:[n]}unit(n){return this.view===T?S(n,this.language):R(n,this.language)}readout(n,s){let r=this.at<0?yt([this.now],this.view):n,o=this.at<0?0:Math.min(this.at,r.times.length-1),a=r.times[o];if(a===void 0)return u`<p class="readout dim">${this.say("no_history")}</p>`;let i=this.at<0?this.say("now"):j(a,this.language,this.zone),l=r.lines.find(m=>m.key==="grid")?.values[o]??null,d=r.layers.flatMap(m=>{let c=m.spans[o],h=c==null?0:c[1]-c[0];return h>0?[{layer:m,height:h}]:[]});return u`<p class="readout">
      <span>${i}</span><b>${this.say("grid")} ${this.unit(l)}</b>
      ${s.map(m=>u`<span><i class="limit"></i>${this.say(this.view===T?"target":"fuse")} ${this.unit(m)}</span>`)}
      ${d.map(({layer:m,height:c})=>u`<span><i style="background: ${m.colour}"></i>${m.title||this.say(m.key==="house"?"house":"battery")} ${this.unit(c)}</span>`)}
    </p>`}picture(n,s,r){let o=this.at<0?this.shown.nowMs:n.times[this.at]??this.shown.nowMs,{low:a,high:i}=s.scale,l=d=>100*(1-(d-a)/(i-a));return u`
      <div
        class="picture"
        role="slider"
        tabindex="0"
        aria-label="${this.say("today")}, ${this.view===T?this.say("total"):this.view}"
        aria-valuemin="0"
        aria-valuemax=${Math.max(n.times.length-1,0)}
        aria-valuenow=${this.at<0?Math.max(n.times.length-1,0):this.at}
        aria-valuetext=${j(o,this.language,this.zone)}
        @pointermove=${d=>this.point(d,n,s)}
        @pointerdown=${d=>this.point(d,n,s)}
        @pointerleave=${()=>{this.at=-1}}
        @keydown=${d=>this.key(d,n)}
      >
        <svg viewBox="0 0 ${Q} ${De}" preserveAspectRatio="none" aria-hidden="true">
          ${Qn(n,s,r)}
          ${I`<line class="cursor" x1=${C(s,o)} x2=${C(s,o)} y1="0" y2=${De} />`}
        </svg>
        ${s.scale.ticks.map(d=>u`<span class="y" style="top: ${l(d)}%">${this.tick(d)}${d===i?` ${this.view===T?"kW":"A"}`:""}</span>`)}
        ${this.shown.events.filter(d=>d.atMs>=s.fromMs).map(d=>u`<span class="mark ${d.kind}" style="left: ${C(s,d.atMs)/10}%" title=${d.message}></span>`)}
      </div>
      <div class="times" aria-hidden="true">${Ur(s).map(d=>u`<span style="left: ${C(s,d)/10}%">${j(d,this.language,this.zone)}</span>`)}</div>
    `}tick(n){let s=this.view===T?n/1e3:n;return b(s,Number.isInteger(s)?0:1,this.language)}point(n,s,r){let o=n.currentTarget.getBoundingClientRect(),a=r.fromMs+(n.clientX-o.left)/o.width*(r.toMs-r.fromMs),i=0;s.times.forEach((l,d)=>{Math.abs(l-a)<Math.abs((s.times[i]??0)-a)&&(i=d)}),this.at=i}key(n,s){let r={ArrowLeft:-1,ArrowRight:1}[n.key];if(r===void 0)return;n.preventDefault();let o=s.times.length-1,a=(this.at<0?o:this.at)+r;this.at=a>=o?-1:Math.max(a,0)}happenings(){return this.shown.events.length===0?p:u`<ul class="events">
      ${this.shown.events.slice(0,3).map(n=>{let s=n.load===""?"":`${n.load.replaceAll("_"," ")} `;return u`<li class="dim" title=${n.message}>
          <i class=${n.kind}></i>${j(n.atMs,this.language,this.zone)} ${s}${M(this.say,"event",n.kind)}:
          ${n.message}
        </li>`})}
    </ul>`}};function Ur(t){let e=Math.max(1,Math.ceil((t.toMs-t.fromMs)/D/6)),n=Math.ceil(t.fromMs/D)*D,s=[];for(let r=n;r<=t.toMs;r+=e*D)s.push(r);return s.filter(r=>C(t,r)>.04*Q&&C(t,r)<.97*Q)}w("fusebox-card-today",_t);var os=g`
  .row {
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr) 66px;
    gap: 10px;
    align-items: center;
    height: 40px;
  }
  .sub .row {
    height: 28px;
  }
  .phase {
    font-weight: 500;
  }
  .bar {
    position: relative;
    height: 22px;
  }
  .sub .bar {
    height: 12px;
  }
  .track,
  .bar span {
    position: absolute;
    inset-block: 0;
    transition:
      left 0.6s,
      width 0.6s;
  }
  .track {
    background: var(--fb-track);
    border-radius: 5px;
  }
  .segment {
    background: var(--c);
    box-shadow: inset -1px 0 var(--fb-card);
  }
  .bar .free {
    box-sizing: border-box;
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    padding-inline: 6px;
    overflow: hidden;
    font-size: 12px;
    line-height: 22px;
    white-space: nowrap;
    color: color-mix(in srgb, var(--fb-dim) 60%, var(--fb-text));
    transition: none;
  }
  /* Where the words do not fit beside this, they wrap to where they are not seen. */
  .bar .free::before {
    content: "";
    height: 22px;
    width: 4px;
  }
  .bar .own {
    inset-block: auto -4px;
    height: 3px;
    border-radius: 2px;
    background: var(--c);
  }
  .bar .export {
    background: var(--c), var(--fb-card);
  }
  .bar .fuse {
    width: 3px;
    margin-inline-start: -1.5px;
    inset-block: -4px;
    border-radius: 2px;
    background: var(--fb-text);
  }
  .bar .zero {
    width: 1px;
    inset-block: -3px;
    background: var(--fb-dim);
  }
  .bar .beyond {
    background: repeating-linear-gradient(-45deg, var(--fb-bad) 0 4px, transparent 4px 7px);
  }
  .over .fuse {
    background: var(--fb-bad);
  }
  .over .number b {
    color: var(--fb-bad);
  }
  .number b {
    font-size: 16px;
    font-weight: 500;
  }
  .number small {
    display: block;
    font-size: 12px;
    line-height: 1.2;
    color: var(--fb-dim);
  }
  .sub .number b {
    font-size: 14px;
  }
  h3 {
    margin-top: 6px;
    font-size: 13px;
  }
  .axis {
    position: relative;
    height: 16px;
    font-size: 11.5px;
    color: var(--fb-dim);
  }
  .axis span {
    position: absolute;
    transform: translateX(-50%);
    white-space: nowrap;
    --mdc-icon-size: 14px;
  }
  .scale {
    height: 16px;
  }
`;var vt={sun:{icon:"mdi:white-balance-sunny",colour:z},battery:{icon:"mdi:battery-medium",colour:ne}},xt=class extends _{static{this.properties={wires:{attribute:!1},axis:{attribute:!1},say:{attribute:!1},language:{},voltage:{type:Number},own:{}}}static{this.styles=[$,os]}render(){return u`${this.wires.map(e=>this.wire(e))}`}wire(e){let n=e.name==="main",s=`${b(e.fuseA,e.fuseA%1===0?0:1,this.language)} A`;return u`<section class=${n?"main":"sub"}>
      ${n?p:u`<h3>${e.name.replaceAll("_"," ")} <span class="dim">${s}</span></h3>`}
      ${e.bars.map(r=>this.bar(r,n))}
      ${n?this.scale(e.fuseA,s):p}
    </section>`}bar(e,n){return u`<div class="row ${e.over?"over":""}">
      <span class="phase">${e.phase}</span>
      <div class="bar" role="img" aria-label=${this.told(e)}>
        <div class="track" style=${this.place(Math.max(this.axis.leftA,-e.fuseA),e.fuseA)}></div>
        ${n?this.free(e):p}
        ${e.segments.map(s=>u`<span
            class="segment"
            title="${this.called(s)} ${R(s.toA-s.fromA,this.language)}"
            style="--c: ${s.colour}; ${this.place(s.fromA,s.toA)}"
          ></span>`)}
        ${this.made(e)} ${e.beyondA===null?p:u`<span class="beyond" style=${this.place(...e.beyondA)}></span>`}
        ${this.axis.leftA<0?u`<span class="zero" style="left: ${this.percent(0)}%"></span>`:p}
        ${this.axis.leftA<=-e.fuseA?u`<span class="fuse" style="left: ${this.percent(-e.fuseA)}%"></span>`:p}
        <span class="fuse" style="left: ${this.percent(e.fuseA)}%"></span>
      </div>
      <span class="number">
        <b>${R(e.flowA,this.language)}</b>
        ${n?u`<small>${S(e.flowA===null?null:e.flowA*this.voltage,this.language)}</small>`:p}
      </span>
    </div>`}free({flowA:e,freeA:n,fuseA:s,over:r}){if(e===null||n===null||r)return p;let o=`${b(n,0,this.language)} A ${this.say("free")}`;return u`<span class="free" style=${this.place(Math.max(e,0),s)}>${o}</span>`}made({ownA:e,exportA:n}){if(e<ce)return p;let{colour:s}=vt[this.own],r=`${this.say("export")} ${R(n,this.language)}`;return u`
      ${n<ce?p:u`<span class="export" title=${r} style="--c: ${Me(te)}; ${this.place(-n,0)}"></span>`}
      <span class="own" style="--c: ${s}; ${this.place(-e,0)}"></span>
    `}scale(e,n){return u`<div class="row scale" aria-hidden="true">
      <span></span>
      <div class="axis">
        ${this.axis.leftA<0?u`<span style="left: ${this.percent(this.axis.leftA/2)}%; color: ${vt[this.own].colour}"><ha-icon icon=${vt[this.own].icon}></ha-icon></span>
              <span style="left: ${this.percent(0)}%">0</span>`:p}
        <span style="left: ${this.percent(e)}%">${n}</span>
      </div>
    </div>`}percent(e){let{leftA:n,rightA:s}=this.axis;return Math.round(1e4*(Math.min(Math.max(e,n),s)-n)/(s-n))/100}place(e,n){let s=this.percent(e);return`left: ${s}%; width: ${(this.percent(n)-s).toFixed(2)}%`}called(e){return e.title||this.say(e.key==="battery"?"battery":"house")}told(e){let{say:n,language:s}=this,r=e.segments.map(i=>`${this.called(i)} ${R(i.toA-i.fromA,s)}`),o=e.exportA<ce?"":`${n("export")} ${R(e.exportA,s)}`,a=e.freeA===null?"":`${R(Math.abs(e.freeA),s)} ${n(e.freeA<0?"over":"free")}`;return[`${e.phase} ${R(e.flowA,s)} ${n("of_fuse",R(e.fuseA,s))}`,...r,o,a].filter(i=>i!=="").join(", ")}};w("fusebox-card-wire",xt);var Fr=new Set(["limited","shed","blind","recovered","escalated"]);async function as(t,e){try{let n=await t.callWS({type:"logbook/get_events",start_time:new Date(e).toISOString(),entity_ids:[H]});return zr(n)}catch{return[]}}function zr(t){return t.flatMap(({when:n,name:s="",message:r=""})=>{let[o=""]=r.split(":",1);if(n===void 0||!Fr.has(o))return[];let a=s.replace(/^Fusebox ?/,"");return[{atMs:n*1e3,kind:o,load:a==="site"?"":a,message:r.slice(o.length+1).trim()}]}).sort((n,s)=>s.atMs-n.atMs)}var is=72;function wt(t,e){let n=e*36e5/is,s=Math.floor(t/n)*n;return Array.from({length:is},(r,o)=>s-o*n)}async function ls(t,e,n){let s=await t.callWS({type:"history/history_during_period",start_time:new Date(e).toISOString(),end_time:new Date(e+1).toISOString(),entity_ids:[H,...n],significant_changes_only:!1});return Br(s,e,n)}function Br(t,e,n){let s={};for(let[r,o]of Object.entries(t)){let a=o[0];a!==void 0&&(s[r]={entity_id:r,state:a.s,attributes:a.a??{},last_changed:""})}return s[H]===void 0?null:$t(s,e,n)}function $t(t,e,n){let s=Re(t),r=n.flatMap((o,a)=>{let i=t[o];return i===void 0?[]:[Pe(i,s,a,t)]});return{atMs:e,site:s,loads:r}}var ge=new Map,kt=4,Dr=1e3;function ds(t,e,n){return wt(e,n).map(s=>ge.get(At(t,s))).filter(s=>s!=null).reverse()}async function us(t,e,n,s,r){let o=wt(n,s).filter(a=>!ge.has(At(e,a)));ge.size>Dr&&ge.clear();for(let a=0;a<o.length;a+=kt){let i=o.slice(a,a+kt);try{let l=await Promise.all(i.map(d=>ls(t,d,e)));i.forEach((d,m)=>ge.set(At(e,d),l[m]??null))}catch{return!1}a%(kt*6)===0&&r()}return o.length>0&&r(),!0}function At(t,e){return`${t.join(" ")} ${e}`}var jr=1e4,Kr=6e4,je=class{constructor(e){this.host=e;this.past=[];this.events=[];this.last=null;this.asked={atMs:0,hours:0};this.asking=!1}shown(e,n,s){let r=Date.now();if(this.ask(e,n,s,r),this.last===null||this.last.hours!==s||r-this.last.nowMs>jr){let{site:o,loads:a,tariff:i}=e;this.last={looks:[...this.past,$t(n.states,r,o.loads)],loads:a,events:this.events,prices:gn(n.states),priceUnit:e.priceUnit,phases:o.phases,targetW:i?.targetKw==null?null:i.targetKw*1e3,fuseA:o.fuseA,hours:s,nowMs:r}}return this.last}async ask({site:e},n,s,r){let o=r-this.asked.atMs<Kr&&this.asked.hours===s;if(this.asking||o)return;this.asking=!0,this.asked={atMs:r,hours:s};let a=()=>{this.past=ds(e.loads,r,s),this.last=null,this.host.requestUpdate()};this.events=await as(n,r-s*36e5),await us(n,e.loads,r,s,a),this.asking=!1,a()}};var Gr=3,Vr=6,St=class extends _{constructor(){super();this.seen={link:"whole",startingMs:0};this.lostMs=null;this.axis=null;this.asking=new Oe(this);this.source=new je(this);this.house=null,this.age=null}static{this.properties={config:{state:!0},house:{state:!0},link:{state:!0},age:{state:!0}}}static{this.styles=[$,Rn]}setConfig(n){let{hours:s}=n;if(s!==void 0&&!(s>=1&&s<=48))throw new Error(`hours: ${s} is not from 1 to 48`);this.config=n}set hass(n){this.current=n,this.house=kn(n.states,this.house),this.lookAtLink(),this.asking.settle()}static getConfigForm(){return Un(cs())}static getStubConfig(){return{}}getCardSize(){return 12}getGridOptions(){return{columns:"full",min_columns:6}}connectedCallback(){super.connectedCallback(),this.timer=setInterval(()=>{this.asking.settle(),this.lookAtLink()},1e3)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.timer)}render(){let{house:n,current:s}=this;if(n===null||s===void 0)return p;let{site:r,loads:o}=n,a=he(s.language),i=s.language,l=On(r,o);return this.axis=Mn(l,this.axis),u`<ha-card>
      <div class="parts ${this.link} ${this.age===null?"":`old-${this.age.of}`}">
        <section class="wire">
          <fusebox-card-head .site=${r} .say=${a} .heading=${this.config.title??""} .link=${this.link} .age=${this.age}></fusebox-card-head>
          ${r.phases.length===0?p:u`<fusebox-card-flow .site=${r} .flow=${Ce(r,o)} .say=${a} .language=${i}></fusebox-card-flow>
                <fusebox-card-wire
                  .wires=${l}
                  .axis=${this.axis}
                  .say=${a}
                  .language=${i}
                  .voltage=${r.voltageV}
                  .own=${dn(r)}
                ></fusebox-card-wire>`}
          ${n.tariff===null?p:u`<fusebox-card-tariff .tariff=${n.tariff} .say=${a} .language=${i}></fusebox-card-tariff>`}
        </section>
        ${r.state==="missing"?p:u`<section class="loads">${this.loads(n,a,i)}</section>`}
        ${this.config.hide_today===!0||r.phases.length===0?p:u`<section class="today">${this.today(n,s,a)}</section>`}
      </div>
      ${an(r,"1.0.0")?u`<footer>${a("versions","1.0.0",r.version)}</footer>`:p}
    </ha-card>`}loads({loads:n,groups:s,priceUnit:r},o,a){let i=this.config.controls??"auto",l=i==="always"||i==="auto"&&n.length<=Gr;return u`
      ${n.map(d=>u`<fusebox-card-load
          .load=${d}
          .asks=${this.asking.asks}
          .priceUnit=${r}
          .say=${o}
          .language=${a}
          .pinned=${l}
        ></fusebox-card-load>`)}
      ${n.length===0?u`<p class="dim">${o("no_loads")}</p>`:p}
      ${s.map(d=>u`<fusebox-card-radiators .group=${d} .say=${o}></fusebox-card-radiators>`)}
    `}today(n,s,r){return u`<fusebox-card-today
      .now=${{atMs:Date.now(),site:n.site,loads:n.loads}}
      .shown=${this.source.shown(n,s,this.config.hours??Vr)}
      .say=${r}
      .language=${s.language}
      .zone=${s.config?.time_zone}
    ></fusebox-card-today>`}lookAtLink(){this.current!==void 0&&(this.seen=en(this.current,this.seen,Date.now()),this.link=this.seen.link,this.lostMs=this.link==="unreachable"?this.lostMs??Date.now():null,this.age=rn(this.age,sn(this.current.states[H],this.link,this.lostMs,Date.now())))}};function cs(){return document.documentElement.lang||"en"}w("fusebox-card",St);zn();var Yr=window.customCards??=[],ps=he(cs());Yr.push({type:"fusebox-card",name:ps("name"),description:ps("description"),preview:!0});export{St as FuseboxCard};
